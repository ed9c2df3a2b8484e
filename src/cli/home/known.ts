import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Held } from '../../modem/index.ts'
import type { Known } from '../../plan/index.ts'
import { credentialType, type Instant, sameSlot, type Slot } from '../../terms/index.ts'
import { type Enrolled, isEnrolled, type Pin } from './enrolled.ts'
import type { Home } from './home.ts'
import { appendValue, hasDamage, readValues } from './json-lines.ts'
import { markChanged } from './sessions.ts'

/** One thing that is known of a board since an instant. No key, ever; certificates are public. */
export type KnownFact =
  /** A run of ours is about to change these slots: what was known of them is over. */
  | {
      readonly fact: 'writing'
      readonly at: Instant
      readonly slots: readonly Slot[]
      /** The client certificates that it may hold from now on. */
      readonly certificates?: readonly OfTag[]
      /** The private keys from files that it may hold from now on: this host has seen them, whatever becomes of the run. */
      readonly keys?: readonly KeyOfTag[]
    }
  /** The run's last change is done; what follows is only giving the board back. */
  | {
      readonly fact: 'written'
      readonly at: Instant
      /** What was written, by its digest. */
      readonly slots?: readonly WrittenSlot[]
      /** What the run was to change and has surely left as it was; left out of a run that was cut. */
      readonly kept?: readonly Slot[]
    }
  /** The listing right after it, of the slots that were changed. */
  | { readonly fact: 'listed'; readonly at: Instant; readonly held: readonly Held[] }
  /** A key was born in the modem, its proof checked, and its certificate issued. */
  | Enrolled
  /** A session of the board was seen after the last write; its listing is the baseline from now on. */
  | {
      readonly fact: 'proven'
      readonly at: Instant
      readonly certificates: readonly OfTag[]
      readonly held: readonly Held[]
    }

/** A slot, and the SHA-256 of the text that we wrote into it, as digests are listed. */
export interface WrittenSlot extends Slot {
  readonly sha256: string
}

/** The client certificate of one tag: SHA-256 of its DER, upper-case hexadecimal. */
export interface OfTag {
  readonly tag: number
  readonly fingerprint: string
}

/** The private key of one tag. */
export interface KeyOfTag {
  readonly tag: number
  /** SHA-256 of its SubjectPublicKeyInfo, upper-case hexadecimal; left out for a key that cannot be used here. */
  readonly key?: string
}

/** What is known of one board, oldest first, in `known/<IMEI>.jsonl`. */
export class KnownBoard {
  readonly #home: Home
  readonly #file: string
  readonly #board: string
  readonly #facts: KnownFact[]

  constructor(home: Home, board: string) {
    this.#home = home
    this.#file = join(home.known, `${board}.jsonl`)
    this.#board = board
    this.#facts = readValues<KnownFact>(this.#file)
  }

  /** All of it. */
  get facts(): readonly KnownFact[] {
    return this.#facts
  }

  /** The file, if there is a line in it that cannot be read: whether the board was written since may have stood there. */
  get damaged(): string | undefined {
    const spoiled = this.#facts.some((fact) => fact.fact === 'enrolled' && !isEnrolled(fact))
    return spoiled || hasDamage(this.#file) ? this.#file : undefined
  }

  /** Adds one, on the disk before this returns. A change of the board is marked among the sessions too. */
  add(fact: KnownFact): void {
    if (fact.fact === 'writing' || fact.fact === 'written') markChanged(this.#home, this.#board, fact.at)
    appendValue(this.#file, fact)
    this.#facts.push(fact)
  }

  /** When a run of ours last changed it; undefined where none is known. */
  get lastWrite(): Instant | undefined {
    return this.#facts.findLast((fact) => fact.fact === 'writing' || fact.fact === 'written')?.at
  }

  /** Whether a run of ours began to change it, and never said that its last change was done. */
  get isBeingWritten(): boolean {
    return this.#facts.findLast((fact) => fact.fact === 'writing' || fact.fact === 'written')?.fact === 'writing'
  }

  /** The digest of what we wrote into a slot last; undefined where we did not, or nobody knows how it ended. */
  writtenAs(slot: Slot): string | undefined {
    const has = (slots: readonly Slot[] | undefined): boolean => slots?.some((one) => sameSlot(one, slot)) === true
    const last = this.#facts.findLast((fact) => (fact.fact === 'writing' || fact.fact === 'written') && has(fact.slots))
    return last?.fact === 'written' ? last.slots?.find((one) => sameSlot(one, slot))?.sha256 : undefined
  }

  /** The client certificates that it may hold, as far as runs of ours and proofs tell. */
  get carries(): OfTag[] {
    let carried: OfTag[] = []
    const without = (gone: readonly number[]): OfTag[] => carried.filter(({ tag }) => !gone.includes(tag))
    for (const fact of this.#facts) {
      if (fact.fact === 'writing') {
        const written = fact.slots.filter(({ type }) => type === credentialType.clientCertificate)
        carried = [...without(written.map(({ tag }) => tag)), ...(fact.certificates ?? [])]
      }
      if (fact.fact === 'proven') carried = [...without(fact.certificates.map(({ tag }) => tag)), ...fact.certificates]
    }
    return carried
  }

  /** The enrolment that a tag's certificate comes from; undefined where there is none. */
  enrolled(tag: number): Enrolled | undefined {
    return this.#facts.findLast((fact) => fact.fact === 'enrolled' && fact.tag === tag) as Enrolled | undefined
  }

  /** The last enrolment of each tag. */
  get enrolments(): Enrolled[] {
    const all = this.#facts.filter((fact) => fact.fact === 'enrolled').filter(isEnrolled)
    return [...new Map(all.map((fact) => [fact.tag, fact])).values()]
  }

  /** The identity key that was pinned when this device first proved itself. */
  get pin(): Pin | undefined {
    return this.#facts.filter((fact) => fact.fact === 'enrolled').find(isEnrolled)
  }

  /** Every private key from a file that a run of ours was about to write into a tag, by when that was first. It is never taken back. */
  get hostKeys(): (KeyOfTag & { readonly at: Instant })[] {
    const all = this.#facts.flatMap((fact) =>
      fact.fact === 'writing' ? (fact.keys ?? []).map((one) => ({ ...one, at: fact.at })) : [],
    )
    return all.filter(({ tag, key }, at) => at === all.findIndex((one) => one.tag === tag && one.key === key))
  }

  /**
   * The baseline for comparing: each slot's digest as it was listed after the last proven session, unless written since; of a
   * key that was born since, as it was listed right after that.
   */
  get baseline(): Known[] {
    let known: Known[] = []
    for (const fact of this.#facts) {
      if (fact.fact === 'writing') known = known.filter(({ slot }) => !fact.slots.some((gone) => sameSlot(gone, slot)))
      if (fact.fact === 'listed') known = [...known, ...this.#born(fact)]
      if (fact.fact === 'proven') known = [...known, ...this.#proven(fact)]
    }
    return known
  }

  #born({ held, at }: Extract<KnownFact, { fact: 'listed' }>): Known[] {
    return held.flatMap(({ tag, type, digest }): Known[] => {
      const fingerprint = this.enrolled(tag)?.fingerprint
      if (digest.kind === 'placeholder' || fingerprint === undefined) return []
      return [{ board: this.#board, slot: { tag, type }, fingerprint, keyOrigin: 'modem', bornDigest: digest.hex, at }]
    })
  }

  #proven({ certificates, held, at }: Extract<KnownFact, { fact: 'proven' }>): Known[] {
    return held.flatMap(({ tag, type, digest }): Known[] => {
      const fingerprint = certificates.find((of) => of.tag === tag)?.fingerprint
      // What another tag held is not proven by a session with this one's certificate.
      if (digest.kind === 'placeholder' || fingerprint === undefined) return []
      const keyOrigin = this.enrolled(tag)?.fingerprint === fingerprint ? 'modem' : 'host'
      return [{ board: this.#board, slot: { tag, type }, fingerprint, keyOrigin, heldDigest: digest.hex, at }]
    })
  }
}

/** The IMEIs of all boards of which this home knows something. */
export function knownBoards(home: Home): string[] {
  return readdirSync(home.known).flatMap((name) => /^(\d+)\.jsonl$/.exec(name)?.[1] ?? [])
}

/** The IMEIs of other boards that may hold this certificate, as far as this home knows. */
export function otherCarriers(home: Home, board: string, fingerprint: string): string[] {
  return (carriers(home).get(fingerprint) ?? []).filter((other) => other !== board)
}

/** By the SHA-256 of a certificate, the IMEIs of the boards that may hold it, as far as this home knows. */
export function carriers(home: Home): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const imei of knownBoards(home)) {
    const prints = new Set(new KnownBoard(home, imei).carries.map(({ fingerprint }) => fingerprint))
    for (const fingerprint of prints) found.set(fingerprint, [...(found.get(fingerprint) ?? []), imei])
  }
  return found
}
