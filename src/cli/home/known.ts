import { join } from 'node:path'
import type { Held } from '../../modem/index.ts'
import type { Known } from '../../plan/index.ts'
import { type Instant, sameSlot, type Slot } from '../../terms/index.ts'
import type { Home } from './home.ts'
import { appendValue, readValues } from './json-lines.ts'

/** One thing that is known of a board since an instant. No key, ever; certificates are public. */
export type KnownFact =
  /** A run of ours is about to change these slots: what was known of them is over. */
  | { readonly fact: 'writing'; readonly at: Instant; readonly slots: readonly Slot[] }
  /** The run's last change is done; what follows is only giving the board back. */
  | { readonly fact: 'written'; readonly at: Instant }
  /** A key was born in the modem, its proof checked, and its certificate issued. */
  | Enrolled
  /** A session of the board was seen after the last write; its listing is the baseline from now on. */
  | {
      readonly fact: 'proven'
      readonly at: Instant
      readonly certificates: readonly OfTag[]
      readonly held: readonly Held[]
    }

/** The client certificate of one tag: SHA-256 of its DER, upper-case hexadecimal. */
export interface OfTag {
  readonly tag: number
  readonly fingerprint: string
}

/** A key that was born in the modem, and what was issued for it. */
export interface Enrolled {
  readonly fact: 'enrolled'
  readonly at: Instant
  readonly tag: number
  /** PEM, leaf first: what is written into the modem. */
  readonly chain: string
  /** SHA-256 of the leaf's DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly deviceUuid: string
  /** The device's identity key, hexadecimal, uncompressed: pinned when it was first seen. */
  readonly identityKey: string
}

/** What is known of one board, oldest first, in `known/<IMEI>.jsonl`. */
export class KnownBoard {
  readonly #file: string
  readonly #board: string
  readonly #facts: KnownFact[]

  constructor(home: Home, board: string) {
    this.#file = join(home.known, `${board}.jsonl`)
    this.#board = board
    this.#facts = readValues<KnownFact>(this.#file)
  }

  /** All of it. */
  get facts(): readonly KnownFact[] {
    return this.#facts
  }

  /** Adds one, on the disk before this returns. */
  add(fact: KnownFact): void {
    appendValue(this.#file, fact)
    this.#facts.push(fact)
  }

  /** When a run of ours last changed it; undefined where none is known. */
  get lastWrite(): Instant | undefined {
    return this.#facts.findLast((fact) => fact.fact === 'writing' || fact.fact === 'written')?.at
  }

  /** The enrolment that a tag's certificate comes from; undefined where there is none. */
  enrolled(tag: number): Enrolled | undefined {
    return this.#facts.findLast((fact) => fact.fact === 'enrolled' && fact.tag === tag) as Enrolled | undefined
  }

  /** The identity key that was pinned when this device first proved itself. */
  get identityKey(): string | undefined {
    return this.#facts.find((fact) => fact.fact === 'enrolled')?.identityKey
  }

  /** The baseline for comparing: each slot's digest as it was listed after the last proven session, unless written since. */
  get baseline(): Known[] {
    let known: Known[] = []
    for (const fact of this.#facts) {
      if (fact.fact === 'writing') known = known.filter(({ slot }) => !fact.slots.some((gone) => sameSlot(gone, slot)))
      if (fact.fact === 'proven') known = [...known, ...this.#listed(fact)]
    }
    return known
  }

  #listed({ certificates, held, at }: Extract<KnownFact, { fact: 'proven' }>): Known[] {
    return held.flatMap(({ tag, type, digest }): Known[] => {
      const fingerprint = certificates.find((of) => of.tag === tag)?.fingerprint
      // What another tag held is not proven by a session with this one's certificate.
      if (digest.kind === 'placeholder' || fingerprint === undefined) return []
      const keyOrigin = this.enrolled(tag)?.fingerprint === fingerprint ? 'modem' : 'host'
      return [{ board: this.#board, slot: { tag, type }, fingerprint, keyOrigin, heldDigest: digest.hex, at }]
    })
  }
}
