import { highestTag } from '../numbers/index.ts'
import { type Boards, isJudged } from './boards.ts'
import type { Fact } from './facts.ts'
import type { Read } from './read/reading.ts'
import { isUnvouched, type Statement, statementsOf } from './slot-statement.ts'

/** What is known of one slot. `maybe-absent`: the reply was blank, and nothing shows that this way of asking carries text. */
export interface SlotSeen {
  readonly is: Statement['is'] | 'unknown'
  readonly from: readonly Fact[]
}

/** What the evidence says of the credential store of the board in question. */
export interface SlotKnowledge {
  state(tag: number, type: number): SlotSeen
  /** Tags of the user that hold something. */
  readonly heldTags: readonly number[]
  /** Blank replies to listings that nothing on the same way vouches for. */
  readonly unvouched: readonly Fact[]
}

/** Where an absence, seen in one evidence, and a presence, seen in another, contradict each other, the absence is the complaint. */
const order = ['absent', 'held', 'maybe-absent'] as const

/** Puts together what listings say, and only that: a listing of one type says nothing of the others. */
export function slotKnowledge(all: readonly Read[], boards: Boards): SlotKnowledge {
  const reads = all.map((read) => ({ ...read, facts: read.facts.filter((fact) => isJudged(fact, boards)) }))
  const vouched = new Set(
    reads.filter((read) => patientFacts(read).some(({ kind }) => kind === 'control')).map(({ way }) => way),
  )
  const cured = reads.some((read) =>
    read.facts.some((fact) => fact.kind === 'history' && fact.value.what === 'rewrite-cures'),
  )
  return {
    heldTags: [...new Set(reads.flatMap(patientFacts).flatMap(tagsHeldIn))].filter((tag) => tag <= highestTag),
    unvouched: reads.filter((read) => !vouched.has(read.way)).flatMap((read) => patientFacts(read).filter(isUnvouched)),
    state(tag, type) {
      const seen = reads.flatMap((read) => {
        const facts = patientFacts(read)
        const said = facts.flatMap((fact) => statementsOf(fact, tag, type, vouched.has(read.way)))
        const chosen = decisive(said, lastFailure(facts), cured)
        return chosen === undefined ? [] : [chosen]
      })
      const is = order.find((candidate) => seen.some((statement) => statement.is === candidate))
      if (is === undefined) return { is: 'unknown', from: [] }
      return { is, from: seen.filter((statement) => statement.is === is).map(({ fact }) => fact) }
    },
  }
}

function patientFacts(read: Read): readonly Fact[] {
  return read.facts.filter((fact) => fact.role === 'patient')
}

function lastFailure(facts: readonly Fact[]): number | undefined {
  const failures = facts.filter((fact) => fact.kind === 'failure' && fact.value.call === 'connect')
  return failures.length === 0 ? undefined : Math.max(...failures.map(({ last }) => last))
}

/**
 * Of what one evidence says of a slot in turn, what held when the connection failed: the last word before the last failure,
 * or else the first behind it. Where no failure is in it, the last word counts, unless it is told that a rewrite cured it.
 */
function decisive(said: readonly Statement[], failure: number | undefined, cured: boolean): Statement | undefined {
  const before = said.filter(({ fact }) => failure === undefined || fact.turn <= failure)
  const turn = ({ fact }: Statement): number => (failure === undefined || fact.last <= failure ? fact.last : fact.turn)
  if (before.length > 0 && !(cured && failure === undefined)) return before.toSorted((a, b) => turn(a) - turn(b)).at(-1)
  return said.toSorted((a, b) => a.fact.turn - b.fact.turn)[0]
}

function tagsHeldIn(fact: Fact): number[] {
  if (fact.kind === 'listing') return fact.value.held.map(({ tag }) => tag)
  if (fact.kind === 'held') return [fact.value.tag]
  return fact.kind === 'slot' && fact.value.is !== 'missing' ? [fact.value.tag] : []
}
