import { type Concept, meantAt } from './lexicon.ts'
import { isStop, wordsOf } from './words.ts'

/** How a sentence is meant: as it is, as a guess, or as a question that may be answered with no. */
export type Mood = 'told' | 'guessed' | 'asked'

/** What one sentence says, and what it says is not so. */
export interface Sentence extends Clause {
  readonly mood: Mood
  readonly clauses: readonly Clause[]
}

/** A part of a sentence between two stops, or two words that join or contrast. */
export interface Clause {
  readonly said: ReadonlySet<Concept>
  readonly denied: ReadonlySet<Concept>
  /** It ends in a denial of what was said before: `and on the other it does not`. */
  readonly turned: boolean
}

/** So many words behind a word of denial it still holds, unless a stop or a contrast comes first. */
const reach = 5
const denials = new Set([
  'not',
  'no',
  'never',
  'without',
  'neither',
  'nor',
  'nothing',
  'nobody',
  'none',
  'unable',
  'hardly',
  'isnt',
  'doesnt',
  'dont',
  'didnt',
  'wasnt',
])
const determiners = new Set(['no', 'without'])
/** With `to` behind it: `fails to register`, `refuses to start`. */
const failing = /^(?:fail(?:s|ed|ing|ure)?|refus(?:es|ed)|unable)$/
/** `no SIM issue` says nothing against the SIM. */
const trouble = /^(?:issues?|problems?|errors?|troubles?|difficult)/
/** What does not turn round: `not only`, `no matter`, `no idea`, `not sure`. */
const notDenied = new Set(['only', 'matter', 'idea', 'sure'])
const joints = new Set([
  'but',
  'however',
  'while',
  'whereas',
  'although',
  'though',
  'yet',
  'because',
  'so',
  'which',
  'when',
  'until',
  'since',
  'if',
  'unless',
  'and',
  'then',
])
const guesses =
  /^(?:maybe|perhaps|might|suspect(?:s|ed|ing)?|guess(?:ing|ed)?|wonder(?:ing|ed)?|possibly|presumably|thinks?|thinking|thought|believes?|believed|claims?|claimed|blames?|blamed|suggests?|suggested|assum(?:e|ed|ing)|unsure|whether|supposedly)$/
const yesOrNo = new Set([
  'could',
  'can',
  'is',
  'are',
  'may',
  'do',
  'does',
  'did',
  'should',
  'would',
  'am',
  'might',
  'has',
  'have',
  'will',
  'or',
])

/** The words of a text, cut where a sentence ends. */
function cut(words: readonly string[]): string[][] {
  const sentences: string[][] = [[]]
  for (const word of words) {
    sentences.at(-1)?.push(word)
    if (/^[.;!?]$/.test(word)) sentences.push([])
  }
  return sentences.filter((sentence) => sentence.some((word) => !isStop(word)))
}

function moodOf(words: readonly string[]): Mood {
  if (words.some((word, at) => guesses.test(word) || (word === 'must' && words[at + 1] === 'be'))) return 'guessed'
  const first = words.find((word) => !isStop(word)) ?? ''
  return words.at(-1) === '?' && yesOrNo.has(first) ? 'asked' : 'told'
}

/** Where the trouble stands that is denied here, and nothing else is; -1 where none is. */
function harmlessAt(words: readonly string[], at: number): number {
  if (!denials.has(words[at] ?? '')) return -1
  const behind = words.slice(at + 1, at + 1 + reach).findIndex((word) => trouble.test(word))
  return behind < 0 ? -1 : at + 1 + behind
}

function endsInDenial(words: readonly string[]): boolean {
  const last = words.findLast((word) => !isStop(word)) ?? ''
  return denials.has(last) || failing.test(last)
}

function deniesAt(words: readonly string[], at: number): boolean {
  const word = words[at] ?? ''
  if (harmlessAt(words, at) >= 0) return false
  if (failing.test(word) && words[at + 1] === 'to') return true
  return denials.has(word) && !notDenied.has(words[at + 1] ?? '')
}

function clauseOf(words: readonly string[]): Clause {
  const [said, denied] = [new Set<Concept>(), new Set<Concept>()]
  let until = -1
  let harmless = -1
  for (let at = 0; at < words.length; at++) {
    // `no SIM issue` is no missing SIM, and no issue.
    const named = harmlessAt(words, at)
    if (named >= 0) harmless = named
    const meant = harmless === at ? [] : meantAt(words, at)
    if (named >= 0 && !meant.some(({ length }) => at + length > named)) continue
    for (const { concept } of meant) (at <= until ? denied : said).add(concept)
    // A phrase that begins with `no` is what it says: `no response`.
    const isPhrase = determiners.has(words[at] ?? '') && meant.some(({ length }) => length > 1)
    if (deniesAt(words, at) && !isPhrase) until = at + (determiners.has(words[at] ?? '') ? 3 : reach)
  }
  return { said, denied, turned: endsInDenial(words) }
}

/** The clauses of a sentence: each begins with its stop or its joining word. */
function clausesIn(words: readonly string[]): string[][] {
  const clauses: string[][] = [[]]
  for (const word of words) {
    if ((isStop(word) && !/[()"]/.test(word)) || joints.has(word)) clauses.push([])
    clauses.at(-1)?.push(word)
  }
  return clauses
}

/** Without a question that may be answered with no, where one ends it: `117 is host down, is it the broker?` */
function withoutTag(words: readonly string[]): readonly string[] {
  if (words.at(-1) !== '?') return words
  const comma = words.lastIndexOf(',')
  return comma > 0 && yesOrNo.has(words[comma + 1] ?? '') ? words.slice(0, comma) : words
}

function read(all: readonly string[]): Sentence {
  const words = withoutTag(all)
  const clauses = clausesIn(words).map(clauseOf)
  const turned = clauses.some((clause) => clause.turned)
  const union = (of: 'said' | 'denied'): Set<Concept> => new Set(clauses.flatMap((clause) => [...clause[of]]))
  return { said: union('said'), denied: union('denied'), turned, mood: moodOf(words), clauses }
}

/** The sentences of a line, as far as words in the tables stand in them. */
export function sentencesOf(text: string): Sentence[] {
  return cut(wordsOf(text)).map(read)
}
