import { messageOf } from './line.ts'

/** What only a broker says of its clients, whatever stands in front of it. */
const words =
  /New connection from \S+|Client <unknown> |on client <unknown>|CLIENT ALERT|SERVER ALERT|Client connection from \S+ failed\b/

/** What a broker says at the beginning of a line; programs of clients say some of it too, but put no time in front. */
const openings =
  /^(?:OpenSSL Error\[\d+\]: |New client connected from |Client \S+ (?:disconnected|closed its connection|has exceeded timeout|already connected)|(?:Sending|Received) [A-Z]{4,11} (?:to|from) \S+ \(|Socket error on client |mosquitto version \S+ (?:starting|running)|Opening (?:ipv[46]|websockets) (?:listen|websockets) socket)/

/** Programs that are brokers, as a collector of logs names them; a client of the same make is none. */
const brokers =
  /^(?!.*(?:client|_sub|_pub|_rr|exporter)).*(?:mosquitto|emqx|hivemq|vernemq|nanomq|mqtt-?broker|^broker)/i

/** Seconds since 1970 in front: so Mosquitto stamps its lines unless it is told otherwise. */
const epoch = /(?:^|[\s|])\d{9,11}: $/

/** So much of a line is looked at. */
const searched = 2048

/** A line that a broker's log has, by its words or by what stands in front of it. */
export function isBrokerLine(raw: string): boolean {
  const line = raw.slice(0, searched)
  const { text, stamped, program } = messageOf(line)
  if (epoch.test(frontOf(line, text)) || words.test(line)) return true
  return program === undefined ? stamped && openings.test(text) : brokers.test(program)
}

/** What stands in front of what a line says. */
function frontOf(line: string, text: string): string {
  return line.slice(0, line.length - text.length)
}

/** What a broker says of one connection, and a client's program as well: behind a line of a broker it is the broker's. */
const goesOn = /^OpenSSL Error\[\d+\]: /

/** What stands in front of a line, whatever its form of time: up to what only a broker says. */
function aheadOf(line: string, text: string): string {
  const at = words.exec(line)?.index ?? 0
  return at > 0 ? line.slice(0, at) : frontOf(line, text)
}

/** So that two moments look alike. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+/g, '0')
}

/** So long is what a log puts in front, at the most. */
const longestFront = 100

/**
 * Tells of each line whether it is a broker's. Once one is, all that have the same in front are, numbers aside: a line by
 * itself need not show it. A stamp without the colon that brokers put behind theirs may be a terminal's, for whatever is
 * connected to it.
 */
export function brokerLog(): (raw: string) => boolean {
  const fronts = new Set<string>()
  let before = false
  return (raw) => {
    const line = raw.slice(0, searched)
    const { text, module } = messageOf(line)
    const bare = withoutNumbers(line.slice(0, 2 * longestFront))
    const known = module === undefined && [...fronts].some((front) => bare.startsWith(front))
    before = known || (before && goesOn.test(text)) || isBrokerLine(line)
    const front = withoutNumbers(aheadOf(line, text))
    if (before && !known && front.length < longestFront && /(?:0:|\]:|\|) $/.test(front)) fronts.add(front)
    return before
  }
}
