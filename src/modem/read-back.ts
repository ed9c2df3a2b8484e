import { type Channel, commands } from '../at/index.ts'
import { typeRules } from '../numbers/index.ts'
import { sha256Hex } from '../pki/index.ts'
import { type Outcome, ok, refused, type Slot, sameSlot } from '../terms/index.ts'
import { believed } from './believed.ts'
import type { Held, HeldDigest } from './list.ts'

/**
 * The same listing, where the firmware shows no digests: the content of these slots is read, if its type may be read
 * (CMNG-16, CMNG-20), and its digest is taken here. That is as good as a digest of the modem's own (DIG-02). Changes nothing, works in every
 * mode (CMNG-54), and the content goes no further. What the modem will not give out stays a placeholder.
 */
export async function readBack(
  channel: Channel,
  held: readonly Held[],
  slots: readonly Slot[],
): Promise<Outcome<Held[]>> {
  const known: Held[] = []
  for (const item of held) {
    const hidden = item.digest.kind === 'placeholder' && typeRules(item.type).readable
    if (!hidden || !slots.some((slot) => sameSlot(slot, item))) known.push(item)
    else {
      const digest = await digestOf(channel, item)
      if (!digest.ok) return digest
      known.push({ ...item, digest: digest.value })
    }
  }
  return ok(known)
}

async function digestOf(channel: Channel, { tag, type }: Slot): Promise<Outcome<HeldDigest>> {
  const hex = await believed(() => contentDigest(channel, { tag, type }))
  if (hex.ok) return ok({ kind: 'sha256', hex: hex.value, read: true })
  const { kind } = hex.refusal
  // Nobody answers any more: that is no word about this slot.
  if (kind === 'silence' || kind === 'unplugged' || kind === 'aborted') return hex
  return ok({ kind: 'placeholder', unread: hex.refusal })
}

async function contentDigest(channel: Channel, slot: Slot): Promise<Outcome<string>> {
  const item = await channel.send(commands.cmngRead, slot)
  if (!item.ok) return item
  return sameSlot(item.value, slot)
    ? ok(sha256Hex(item.value.content))
    : refused({ kind: 'garbled', text: '', why: 'another slot was answered than the one that was asked for' })
}
