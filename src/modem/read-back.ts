import { type Channel, commands } from '../at/index.ts'
import { typeRules } from '../numbers/index.ts'
import { sha256Hex } from '../pki/index.ts'
import { type Outcome, ok, type Refusal, refused, type Slot, sameSlot } from '../terms/index.ts'
import { insist, isAnswer } from './insist.ts'
import type { Held, HeldDigest } from './list.ts'

/** A slot, and the digests of the texts that it should hold one of: SHA-256, upper-case hexadecimal. */
export interface Expected extends Slot {
  readonly digests: readonly string[]
}

/** How often a content is read until it is believed not to be what is expected. */
const mostLooks = 5

/**
 * The same listing, where the firmware shows no digests: the content of these slots is read, if its type may be read
 * (CMNG-16, CMNG-20), and its digest is taken here. That is as good as a digest of the modem's own (DIG-02). Changes nothing, works in every
 * mode (CMNG-54), and the content goes no further. What the modem will not give out stays a placeholder.
 */
export async function readBack(
  channel: Channel,
  held: readonly Held[],
  expected: readonly Expected[],
): Promise<Outcome<Held[]>> {
  const known: Held[] = []
  for (const item of held) {
    const hidden = item.digest.kind === 'placeholder' && typeRules(item.type).readable
    const text = hidden ? expected.find((slot) => sameSlot(slot, item)) : undefined
    const digest = text === undefined ? ok(item.digest) : await digestOf(channel, text)
    if (!digest.ok) return digest
    known.push({ ...item, digest: digest.value })
  }
  return ok(known)
}

/**
 * One look at the expected content is enough: nothing on the way makes it up. Another content may be that one, spoiled by
 * what was printed amid it, so it is looked at again and again, and believed when it comes the same in the end.
 */
async function digestOf(channel: Channel, slot: Expected): Promise<Outcome<HeldDigest>> {
  let before: string | undefined
  let last: Outcome<string> = refused(contradicting)
  for (let look = 0; look < mostLooks; look++) {
    if (last.ok) before = last.value
    last = await insist(() => contentDigest(channel, slot))
    if (last.ok && slot.digests.includes(last.value)) return ok({ kind: 'sha256', hex: last.value, read: true })
    if (!last.ok && last.refusal.kind !== 'garbled') return isAnswer(last) ? ok(unread(last.refusal)) : last
  }
  if (!last.ok) return ok(unread(last.refusal))
  return ok(last.value === before ? { kind: 'sha256', hex: last.value, read: true } : unread(contradicting))
}

const contradicting: Refusal = { kind: 'garbled', text: '', why: 'no two answers in a row were the same' }

function unread(refusal: Refusal): HeldDigest {
  return { kind: 'placeholder', unread: refusal }
}

async function contentDigest(channel: Channel, { tag, type }: Slot): Promise<Outcome<string>> {
  const item = await channel.send(commands.cmngRead, { tag, type })
  if (!item.ok) return item
  return sameSlot(item.value, { tag, type })
    ? ok(sha256Hex(item.value.content))
    : refused({ kind: 'garbled', text: '', why: 'another slot was answered than the one that was asked for' })
}
