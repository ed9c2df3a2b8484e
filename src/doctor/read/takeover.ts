import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

const joined = /New client connected from (\S+?):\d+ as (\S+)/
const thrown = /Client (\S+)(?: \[(\S+?):\d+\])? disconnected: session taken over/

/** So many clients are waited for; the oldest go. */
const mostWaiting = 1000

/**
 * Who took a session over: the same device after a loss that the broker had not noticed, or somebody else with its id. The
 * address tells (MQTT-12): Mosquitto names the one that is thrown out, and then the one that comes in.
 */
export function takeoverReader(tell: Tell): Reader {
  const addresses = new Map<string, string>()
  const waiting = new Map<string, { readonly line: Line; readonly from: string | undefined }>()
  return {
    line(line) {
      const [, client, from] = thrown.exec(line.text) ?? []
      if (client !== undefined) keep(waiting, client, { line, from: from ?? addresses.get(client) })
      const [, address, id] = joined.exec(line.text) ?? []
      if (address === undefined || id === undefined) return
      const old = waiting.get(id)
      waiting.delete(id)
      if (old?.from !== undefined) tell(old.line, 'takeover', { address: old.from === address ? 'same' : 'other' })
      keep(addresses, id, address)
    },
    end() {
      for (const { line } of waiting.values()) tell(line, 'takeover', { address: 'unknown' })
    },
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > mostWaiting && oldest !== undefined) map.delete(oldest)
}
