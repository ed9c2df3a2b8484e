import type { Held } from '../modem/index.ts'
import { isoTime, slotKey } from '../terms/index.ts'
import { type KeyOrigin, keyOrigins } from './home/key-origin.ts'
import type { KnownBoard } from './home/known.ts'
import type { Output } from './output.ts'

/**
 * Tells where the private keys of a board come from, and which keys this host has ever put there: that mark is for life,
 * because whoever had the file may still have it.
 *
 * @param held what the board lists now; without it, what it should hold as far as this home knows
 */
export function tellKeys(output: Output, known: KnownBoard | undefined, held?: readonly Held[]): void {
  for (const origin of keyOrigins(known, held)) output.event('key', { ...origin }, originWords(origin))
  const marks = known?.hostKeys ?? []
  for (const { tag, key, at } of marks)
    output.event('key-seen-by-host', { tag, since: at, ...(key !== undefined && { key }) })
  const [first] = marks
  if (first !== undefined)
    output.say(
      `key seen by host: ${marks.length} ${marks.length === 1 ? 'key' : 'keys'} from files since ${isoTime(first.at)}; this mark stays.`,
    )
}

function originWords({ slot, origin, since, proof, why }: KeyOrigin): string {
  const when = since === undefined ? '' : ` ${isoTime(since)}`
  const kept = proof === true ? 'its proof is kept' : 'its proof was not kept'
  if (origin === 'modem') return `${slotKey(slot)}  key born in the modem${when}; ${kept}`
  if (origin === 'host') return `${slotKey(slot)}  key seen by host: written from a file${when}`
  return `${slotKey(slot)}  key of UNKNOWN origin: ${why ?? 'nothing is known'}`
}
