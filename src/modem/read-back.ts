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
 * what was printed amid it, so it is looked at again and again, and believed when most looks show it.
 */
async function digestOf(channel: Channel, slot: Expected): Promise<Outcome<HeldDigest>> {
  const seen: string[] = []
  for (let look = 0; look < mostLooks; look++) {
    const content = await insist(() => contentDigest(channel, slot))
    if (content.ok) seen.push(content.value)
    else if (content.refusal.kind !== 'garbled') return isAnswer(content) ? ok(unread(content.refusal)) : content
    if (content.ok && slot.digests.includes(content.value)) return ok(readDigest(content.value))
  }
  const often = seen.find((hex) => 2 * seen.filter((other) => other === hex).length > mostLooks)
  return ok(often === undefined ? unread(contradicting) : readDigest(often))
}

const contradicting: Refusal = { kind: 'garbled', text: '', why: 'it came otherwise each time' }

function readDigest(hex: string): HeldDigest {
  return { kind: 'sha256', hex, read: true }
}

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
