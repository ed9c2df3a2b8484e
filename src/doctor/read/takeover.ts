import type { Tell } from '../ledger.ts'
import { noEnd, type Reader } from './line.ts'

const joined = /New client connected from (\S+?):\d+ as (\S+)/
const thrown = /Client (\S+)(?: \[(\S+?):\d+\])? disconnected: session taken over/

/** So many client ids are remembered; the oldest go. */
const mostClients = 1000

/**
 * Who took a session over: the same device after a loss that the broker had not noticed, or somebody else with its id. The
 * address tells; Mosquitto names both of them.
 */
export function takeoverReader(tell: Tell): Reader {
  const addresses = new Map<string, { now: string; before?: string }>()
  return {
    line(line) {
      const [, address, id] = joined.exec(line.text) ?? []
      if (address !== undefined && id !== undefined) {
        const before = addresses.get(id)?.now
        addresses.delete(id)
        addresses.set(id, { now: address, ...(before !== undefined && { before }) })
        const [oldest] = addresses.keys()
        if (addresses.size > mostClients && oldest !== undefined) addresses.delete(oldest)
      }
      const [, client, from] = thrown.exec(line.text) ?? []
      if (client !== undefined) tell(line, 'takeover', { address: compared(from, addresses.get(client)) })
    },
    end: noEnd,
  }
}

/** The line of the takeover stands before or behind that of the new connection, by Mosquitto's version. */
function compared(
  from: string | undefined,
  known: { now: string; before?: string } | undefined,
): 'same' | 'other' | 'unknown' {
  if (from === undefined || known === undefined) return 'unknown'
  if (from !== known.now) return 'other'
  return known.before === undefined ? 'unknown' : known.before === known.now ? 'same' : 'other'
}
