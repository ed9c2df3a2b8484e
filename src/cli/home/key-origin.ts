import type { Held } from '../../modem/index.ts'
import { credentialType, type Instant, sameSlot, type Slot } from '../../terms/index.ts'
import type { KnownBoard, KnownFact } from './known.ts'

/** Where the private key in a slot comes from: born in the modem, from a file that this host has seen, or nobody knows. */
export interface KeyOrigin {
  readonly slot: Slot
  readonly origin: 'modem' | 'host' | 'unknown'
  /** SHA-256 of its SubjectPublicKeyInfo, upper-case hexadecimal, where it is known. */
  readonly key?: string
  /** When it was born or written. */
  readonly since?: Instant
  /** Whether the proof of its birth is kept. */
  readonly proof?: boolean
  /** Why nobody knows. */
  readonly why?: string
}

type Origin = Omit<KeyOrigin, 'slot'>
const nothingKnown: Origin = { origin: 'unknown', why: 'nothing here says where it was made' }

/**
 * Where the keys come from that a board holds; without a listing, those that it should hold as far as this home knows. A
 * key that was born and a key from a file can follow each other in a slot: the last one counts, and only as long as the
 * listing does not contradict.
 */
export function keyOrigins(known: KnownBoard | undefined, held?: readonly Held[]): KeyOrigin[] {
  const byTag = known === undefined ? new Map<number, Origin>() : fold(known.facts)
  if (held === undefined) return [...byTag].map(([tag, origin]) => ({ slot: keySlot(tag), ...origin }))
  return held
    .filter(({ type }) => type === credentialType.privateKey)
    .map((item) => {
      const origin = byTag.get(item.tag) ?? nothingKnown
      const contradicted = known !== undefined && origin.origin !== 'unknown' && isAnother(known, item, origin)
      const slot = keySlot(item.tag)
      return contradicted
        ? { slot, origin: 'unknown', why: 'another key was put there since, and not by us' }
        : { slot, ...origin }
    })
}

function keySlot(tag: number): Slot {
  return { tag, type: credentialType.privateKey }
}

type Origins = Map<number, Origin>

function fold(facts: readonly KnownFact[]): Origins {
  const byTag: Origins = new Map()
  // As it was before the run that is told of.
  let before: Origins = new Map()
  for (const fact of facts) {
    if (fact.fact === 'writing') {
      before = new Map(byTag)
      for (const tag of keyTags(fact.slots)) begin(byTag, fact, tag)
    }
    if (fact.fact === 'written') end(byTag, before, fact)
    if (fact.fact === 'enrolled') byTag.set(fact.tag, bornOrigin(fact))
  }
  return byTag
}

function keyTags(slots: readonly Slot[]): number[] {
  return slots.filter(({ type }) => type === credentialType.privateKey).map(({ tag }) => tag)
}

const cutWhy = 'a run that was cut may have written a key that this host has seen'
const endedWhy = 'a run ended and nobody knows whether it wrote a key that this host has seen'

/** Until its end is known, a run that was about to write a key may have written it or not. */
function begin(byTag: Origins, { keys, at }: Extract<KnownFact, { fact: 'writing' }>, tag: number): void {
  const written = keys?.find((one) => one.tag === tag)
  if (written === undefined) byTag.delete(tag)
  else
    byTag.set(tag, {
      origin: 'unknown',
      why: cutWhy,
      since: at,
      ...(written.key !== undefined && { key: written.key }),
    })
}

/** Its end: what was written comes from the host, and what it never came to is as before. */
function end(byTag: Origins, before: Origins, { slots, kept }: Extract<KnownFact, { fact: 'written' }>): void {
  for (const tag of keyTags(slots ?? [])) settle(byTag, tag)
  for (const tag of keyTags(kept ?? [])) putBack(byTag, before, tag)
  if (kept === undefined) return
  for (const [tag, origin] of byTag) if (origin.why === cutWhy) byTag.set(tag, { ...origin, why: endedWhy })
}

function settle(byTag: Origins, tag: number): void {
  const { why: _, ...origin } = byTag.get(tag) ?? nothingKnown
  byTag.set(tag, { ...origin, origin: 'host' })
}

function putBack(byTag: Origins, before: Origins, tag: number): void {
  const origin = before.get(tag)
  if (origin === undefined) byTag.delete(tag)
  else byTag.set(tag, origin)
}

function bornOrigin({ at, key, proof }: Extract<KnownFact, { fact: 'enrolled' }>): Origin {
  return { origin: 'modem', since: at, proof: proof !== undefined, ...(key !== undefined && { key }) }
}

/** Whether the listing shows another key than the one that is known to have come here. Placeholders show nothing. */
function isAnother(known: KnownBoard, { tag, type, digest }: Held, { origin }: Origin): boolean {
  if (digest.kind === 'placeholder') return false
  const baseline = known.baseline.findLast(({ slot }) => sameSlot(slot, { tag, type }))
  const expected = origin === 'host' ? known.writtenAs({ tag, type }) : (baseline?.heldDigest ?? baseline?.bornDigest)
  return expected !== undefined && expected !== digest.hex
}
