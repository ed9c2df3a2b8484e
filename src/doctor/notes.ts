import { type ErrnoMeanings, meaningsOf } from '../numbers/index.ts'
import { contextMedia } from './evidence.ts'
import type { Facts } from './gather.ts'
import { longestKept } from './read/line-splitter.ts'
import type { Read } from './read/reading.ts'
import { certificateNotes } from './certificate-notes.ts'
import { because, type Reason } from './rule.ts'
import type { Excluded } from './stage.ts'

/** Something worth knowing that is no cause. */
export interface Note {
  readonly code:
    | 'revision-limit'
    | 'cfun-test-form'
    | 'blank-unvouched'
    | 'number-ambiguous'
    | 'number-impossible'
    | 'stage'
    | 'empty-evidence'
    | 'cut-evidence'
    | 'garbled-evidence'
    | 'several-boards'
    | 'certificate'
  readonly words: string
  readonly reason?: Reason
}

/** What is to be said beside the causes. */
export function notesOf(facts: Facts, reads: readonly Read[], excluded: readonly Excluded[]): Note[] {
  const asked = facts.of('modes-asked').slice(0, 1)
  return [
    ...excluded.map(({ words, reason }): Note => ({ code: 'stage', words, reason })),
    ...asked.map(
      (fact): Note => ({
        code: 'cfun-test-form',
        // MODE-02, MODE-07
        words: '`AT+CFUN=?` asks which modes there are; `AT+CFUN?` asks which one is on',
        reason: because('the test form was asked', fact),
      }),
    ),
    ...facts.slots.unvouched.slice(0, 1).map(
      (fact): Note => ({
        code: 'blank-unvouched',
        words:
          'a blank reply is no absence until the same way returns text to a question such as `AT+CFUN?` or `AT+CGMR`',
        reason: because('the reply was blank', fact),
      }),
    ),
    ...ambiguous(facts),
    ...impossible(facts),
    ...revision(facts),
    ...several(facts),
    ...certificateNotes(facts),
    ...reads.flatMap(ofEvidence),
  ]
}

/** What of an evidence could not be read, so that nobody takes silence for an answer. */
function ofEvidence({ head: { source, media }, lines, cut = 0, garbled }: Read): Note[] {
  if (lines === 0 && media !== contextMedia) return [{ code: 'empty-evidence', words: `${source} is empty` }]
  const long = `of ${cut} ${cut === 1 ? 'line' : 'lines'} of ${source} only the first ${longestKept} characters were read`
  const binary = `${source} is no text, and nothing was read from it`
  return [
    ...(cut > 0 ? [{ code: 'cut-evidence', words: long } as const] : []),
    ...(garbled === true ? [{ code: 'garbled-evidence', words: binary } as const] : []),
  ]
}

const deciders = { ncs: 'the SDK version', libc: 'the C library', build: 'the build itself' } as const

function ambiguous(facts: Facts): Note[] {
  return facts.connects.flatMap(({ fact }): Note[] => {
    if (fact.value.name !== undefined) return []
    const meanings = meaningsOf(fact.value.number, facts.build)
    if (meanings.candidates.length < 2) return []
    return [{ code: 'number-ambiguous', words: ambiguity(meanings), reason: because('the number was printed', fact) }]
  })
}

/** COMPAT-20, COMPAT-21, COMPAT-24: newer firmware is no remedy for the first revision of the hardware. */
function revision(facts: Facts): Note[] {
  const old = facts.of('hardware').filter(({ value }) => /\bB0A?\b/.test(value.text))
  const words = 'on this revision of the hardware (B0A) modem firmware 1.3 is for tests only; 1.2 is where it ends'
  return old
    .slice(0, 1)
    .map((fact) => ({ code: 'revision-limit', words, reason: because('the revision was told', fact) }))
}

/** ERR-10, ERR-12: a number that this SDK cannot have given says that SDK or source is another than was told. */
function impossible(facts: Facts): Note[] {
  return facts.connects.flatMap(({ fact, reading }): Note[] => {
    const [meaning] = reading.meanings
    if (meaning?.kind !== 'impossible') return []
    const { number, name } = fact.value
    const words = name === undefined ? `${number} is ${meaning.name}: ${meaning.words}` : `${name}: ${meaning.words}`
    return [{ code: 'number-impossible', words, reason: because('the number was printed', fact) }]
  })
}

/** One that is well must not be blamed for another. */
function several({ boards }: Facts): Note[] {
  if (boards.named.length === 0) return []
  const judged = boards.judged.slice(0, 5).join(', ')
  const words = `the evidence names ${boards.named.length} boards; it is judged for ${judged}; --context client=NAME asks about one`
  return [{ code: 'several-boards', words }]
}

function ambiguity({ number, candidates, decides }: ErrnoMeanings): string {
  const names = candidates.map(({ name }) => name).join(' or ')
  return `${number} is ${names}: ${decides.map((what) => deciders[what]).join(' and ')} would decide`
}
