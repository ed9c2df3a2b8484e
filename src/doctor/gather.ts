import {
  type BuildKnowledge,
  type ConnectReading,
  compareSdk,
  connectReading,
  connectReadingOfName,
} from '../numbers/index.ts'
import { type Boards, boardsIn, isJudged } from './boards.ts'
import type { FactKind, Fact, FactOf } from './facts.ts'
import { type Order, orderOf } from './order.ts'
import type { Read } from './read/reading.ts'
import { inTrouble } from './situations.ts'
import { type SlotKnowledge, slotKnowledge } from './slots.ts'

/** A connect that failed, and what its number may mean for this build. */
export interface ConnectFailure {
  readonly fact: FactOf<'failure'>
  readonly reading: ConnectReading
}

/** All facts of one board, and what follows from them alone. Rules judge nothing else. */
export interface Facts {
  /** The facts of one kind that are about the board in question. */
  of<K extends FactKind>(kind: K): readonly FactOf<K>[]
  readonly build: BuildKnowledge
  /** The tag that the application uses, where that is known, and the facts that say so. */
  readonly tag: { readonly tag: number; readonly sure: boolean; readonly from: readonly Fact[] } | undefined
  readonly slots: SlotKnowledge
  readonly connects: readonly ConnectFailure[]
  /** Where the evidence speaks of several boards: all, and those that are judged. */
  readonly boards: Boards
  readonly order: Order
  /** Whether a fact's evidence is known to be about this board: a broker's log may speak of many. */
  readonly attributed: (fact: Fact) => boolean
}

/** Puts together what was read of all evidence. A board that is shown for comparison says nothing of the one in question. */
export function gather(reads: readonly Read[]): Facts {
  const told = inTrouble(reads.flatMap((read) => read.facts).filter((fact) => fact.role === 'patient'))
  const client = told.findLast((fact) => fact.kind === 'client')?.value.name
  const boards = boardsIn(told, client?.toLowerCase())
  const all = told.filter((fact) => isJudged(fact, boards))
  const of = <K extends FactKind>(kind: K): FactOf<K>[] =>
    all.filter((fact): fact is FactOf<K> & Fact => fact.kind === kind)
  const build = buildOf(of('sdk'), of('libc'))
  const connects = of('failure')
    .filter((fact) => fact.value.call === 'connect')
    .map((fact) => ({ fact, reading: readingOf(fact.value, build) }))
  const named = new Set(
    reads.filter(({ head }) => (head.device ?? head.claimed) !== undefined).map(({ head }) => head.id),
  )
  const attributed = (fact: Fact): boolean =>
    named.has(fact.from.evidence) || (fact.kind === 'connack' && client !== undefined && fact.value.client === client)
  const [slots, order] = [slotKnowledge(reads, boards), orderOf(reads)]
  return { of, build, attributed, tag: tagOf(of('tag')), slots, connects, boards, order }
}

function readingOf({ number, name }: FactOf<'failure'>['value'], build: BuildKnowledge): ConnectReading {
  return name === undefined ? connectReading(number, build) : connectReadingOfName(name, number, build)
}

/** What was said counts before what a banner implies, as releases share banners; the newest, where two were said. */
function buildOf(sdks: readonly FactOf<'sdk'>[], libcs: readonly FactOf<'libc'>[]): BuildKnowledge {
  const newest = (from: 'said' | 'banner'): FactOf<'sdk'> | undefined =>
    sdks
      .filter((fact) => fact.value.from === from)
      .toSorted((a, b) => compareSdk(a.value.version, b.value.version))
      .at(-1)
  const ncs = (newest('said') ?? newest('banner'))?.value.version
  const libc = libcs.at(-1)?.value.libc
  return { ...(ncs !== undefined && { ncs }), ...(libc !== undefined && { libc }) }
}

/** Which tag is meant: told before logged before written before asked about; and only where it is one and the same. */
function tagOf(facts: readonly FactOf<'tag'>[]): Facts['tag'] {
  for (const how of ['told', 'logged', 'provisioned', 'asked'] as const) {
    const from = facts.filter((fact) => fact.value.how === how)
    const [first, ...others] = new Set(from.map((fact) => fact.value.tag))
    if (first !== undefined && others.length === 0)
      return { tag: first, sure: how === 'told' || how === 'logged', from }
    if (first !== undefined) return undefined
  }
  return undefined
}
