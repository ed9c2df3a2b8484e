import type { Instant } from '../terms/index.ts'
import type { Fact, FactKind, FactValues, Role } from './facts.ts'

/** Where a reader stands when it tells a fact. */
export interface Place {
  readonly number: number
  /** Which line it was in the order of time, counted from 1: late lines are put back to their place. */
  readonly turn: number
  readonly raw: string
  /** When it was said, by a date in front of it or of a line before it. */
  readonly at?: Instant
  readonly role: Role
  readonly subject?: string
}

/** Writes a fact down. */
export type Tell = <K extends FactKind>(place: Place, kind: K, value: FactValues[K]) => void

/** So many different facts of one kind say all there is to say; noise must not fill the memory. */
const mostOfAKind = 64
/** What sentences name is bounded by the tables of words. */
const mostNamed = 512

/** What a line may show of itself. */
const excerptLength = 120

/** What is long and dense is no word, and could be part of a key whose beginning was not in the evidence. Digests are shorter. */
const bulk = /[A-Za-z0-9+/_-]{65,}={0,2}/g

function excerpt(raw: string): string {
  const flat = raw
    .slice(0, 4 * excerptLength)
    .replaceAll(bulk, '…')
    .replaceAll(/[^\x20-\x7e\u00a0-\uffff]+/g, ' ')
    .trim()
  return flat.length > excerptLength ? `${flat.slice(0, excerptLength - 1)}…` : flat
}

function dateOf({ at }: Place): Pick<Fact, 'at'> {
  return at === undefined ? {} : { at }
}

/** The facts of one evidence. The same fact read again is counted, not kept again. */
export class Ledger {
  readonly #evidence: string
  readonly #facts = new Map<string, Fact>()
  readonly #kinds = new Map<FactKind, number>()
  /** How many facts were left out because there were too many of their kind. */
  left = 0

  constructor(evidence: string) {
    this.#evidence = evidence
  }

  readonly tell: Tell = (place, kind, value) => {
    const key = `${place.role} ${place.subject ?? ''} ${kind} ${JSON.stringify(value)}`
    const known = this.#facts.get(key)
    if (known !== undefined) {
      this.#facts.set(key, { ...known, times: known.times + 1, last: place.turn, ...dateOf(place) })
      return
    }
    const count = this.#kinds.get(kind) ?? 0
    if (count >= (kind === 'named' ? mostNamed : mostOfAKind)) {
      this.left++
      return
    }
    this.#kinds.set(kind, count + 1)
    this.#facts.set(key, {
      kind,
      value,
      from: { evidence: this.#evidence, line: place.number },
      said: excerpt(place.raw),
      role: place.role,
      ...(place.subject !== undefined && { subject: place.subject }),
      times: 1,
      turn: place.turn,
      last: place.turn,
      ...dateOf(place),
    } as Fact)
  }

  facts(): Fact[] {
    return [...this.#facts.values()]
  }
}
