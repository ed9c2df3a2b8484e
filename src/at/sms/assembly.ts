import type { Instant } from '../../terms/index.ts'
import { partOf } from './parts.ts'
import type { SmsDeliver } from './pdu.ts'

/** A text that came whole, and from whom. */
export interface SmsText {
  readonly from: string
  readonly text: string
}

interface Pending {
  readonly since: Instant
  readonly total: number
  readonly texts: Map<number, string>
}

/** Texts that are not complete yet, by sender and reference. */
export interface Assembly {
  readonly pending: ReadonlyMap<string, Pending>
}

/** Nothing waits. */
export const emptyAssembly: Assembly = { pending: new Map() }

/** Parts of one text that the SDK's library puts together, and milliseconds for which it waits for the last (SMS-20). */
export const libraryLimits = { parts: 10, patience: 180_000 } as const

/**
 * Takes one message in. `whole` is set where a text is complete with it. Parts may come in any order and more than once;
 * what is not complete in time is dropped, and so is a text of more parts than the library takes.
 */
export function assemble(
  assembly: Assembly,
  message: SmsDeliver,
  now: Instant,
): { assembly: Assembly; whole?: SmsText } {
  const pending = new Map([...assembly.pending].filter(([, { since }]) => now - since < libraryLimits.patience))
  const { from, data } = message
  const text = data.alphabet === 'octets' ? undefined : data.text
  const part = partOf(data)
  if (text === undefined) return { assembly: { pending } }
  if (part === undefined || part.total === 1) return { assembly: { pending }, whole: { from, text } }
  if (part.total > libraryLimits.parts) return { assembly: { pending } }
  const key = `${from}/${part.reference}/${part.total}`
  const known = pending.get(key) ?? { since: now, total: part.total, texts: new Map() }
  const texts = new Map(known.texts).set(part.sequence, text)
  if (texts.size < part.total) return { assembly: { pending: pending.set(key, { ...known, texts }) } }
  pending.delete(key)
  const inOrder = [...texts].sort(([a], [b]) => a - b).map(([, piece]) => piece)
  return { assembly: { pending }, whole: { from, text: inOrder.join('') } }
}
