/** What a line of Mosquitto's log says of a client; undefined for any other line. */
export type MosquittoLine =
  | { readonly kind: 'session'; readonly port: number; readonly clientId: string }
  | { readonly kind: 'connection'; readonly port: number }
  | { readonly kind: 'tls-error'; readonly text: string }

/** What stands in front is a stamp: a client id, which anybody may choose, can look like a line of its own. */
const newClient =
  /^(?:\S+ +\| )?(?:\d[\d/.-]*[ T]?[\d:.+Z]*: |\w{3} +\d+ [\d:]+ [^\s:]+ \w+(?:\[\d+\])?: )?New client connected from \S+?:(\d+) as (.*) \(p\d+, c\d, k\d+(?:, u'.*')?\)\.?$/

/** Two wordings for one thing: a handshake that fails while it is being accepted has no `OpenSSL Error` (2.0.11, seen). */
const tlsError = /(?:OpenSSL Error(?: \S+)?\[\d+\]|Client connection from \S+ failed): (.*)$/

/**
 * Reads one line. Wording as of Mosquitto 2.0.11 and 2.1 (ERR, broker lines): `New client connected from 127.0.0.1:40312
 * as board-7 (p2, c1, k60).`; an IPv6 address stands without brackets.
 */
export function readMosquittoLine(line: string): MosquittoLine | undefined {
  const session = newClient.exec(line)
  if (session !== null) return { kind: 'session', port: Number(session[1]), clientId: session[2] ?? '' }
  const connection = /New connection from \S+:(\d+) on port/.exec(line)
  if (connection !== null) return { kind: 'connection', port: Number(connection[1]) }
  const error = tlsError.exec(line)
  return error === null ? undefined : { kind: 'tls-error', text: error[1] ?? '' }
}
