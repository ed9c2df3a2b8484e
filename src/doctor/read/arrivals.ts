import { rehearsalPrefix } from '../../terms/index.ts'
import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

/** Lines of other brokers' logs: AWS IoT's, EMQX's. */
const others =
  /"eventType"\s*:\s*"(?:Connect|Disconnect|Subscribe|Publish-(?:In|Out)|Ping)"|\bmfa: emqx_\w+:|\bemqx_(?:connection|channel|cm)\b|\besockd\w*\b/i
/** So OpenSSL's errors stand in logs of servers; a modem has no OpenSSL. */
const ofServers = /^OpenSSL Error\[\d+\]: /

const opened = /\bNew connection from (\S{1,64}) on port\b/
const named = /\bNew client connected from (\S{1,64}) as\b/
const nameless = /\bClient <unknown> (?:disconnected|closed|has exceeded)|\bon client <unknown>/
const noMqtt = /\bClient <unknown> disconnected(?:,|:| due to) (?:malformed packet|protocol error)/i

/** So many connections are kept in mind; a log of many clients says the same over and over. */
const mostOpen = 64

/** What a broker's log shows of those who come: that they came, even where they never got as far as a name. */
export function arrivalReader(tell: Tell): Reader {
  const open = new Map<string, Line>()
  return {
    line(line) {
      const { text } = line
      if (line.brokers !== true && !others.test(text) && (line.speaker === 'device' || !ofServers.test(text))) return
      // A rehearsal is the host's: it says nothing of a board.
      if (!text.includes(rehearsalPrefix)) tell(line, 'broker-log', { shows: 'line' })
      if (nameless.test(text)) tell(line, 'broker-log', { shows: 'nameless-end' })
      if (noMqtt.test(text)) tell(line, 'broker-log', { shows: 'no-mqtt' })
      const [from, client] = [opened.exec(text)?.[1], named.exec(text)?.[1]]
      if (from !== undefined && open.size < mostOpen) open.set(from, line)
      if (client !== undefined) open.delete(client)
    },
    end() {
      for (const line of open.values()) tell(line, 'broker-log', { shows: 'arrival' })
    },
  }
}
