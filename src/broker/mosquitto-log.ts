/** What a line of Mosquitto's log says of a client; undefined for any other line. */
export type MosquittoLine =
  | {
      readonly kind: 'session'
      readonly host: string
      readonly port: number
      readonly clientId: string
      /** The certificate's common name or subject, where the listener takes it for the user name. */
      readonly username?: string
    }
  | { readonly kind: 'connection'; readonly port: number }
  | { readonly kind: 'tls-error'; readonly text: string }

/** What may stand in front of what Mosquitto says: a client id, which anybody may choose, can look like a line of its own. */
const stamp = /^(?:\S+ +\| )?(?:\d[\d/.-]*[ T]?[\d:.+Z]*: |\w{3} +\d+ [\d:]+ [^\s:]+ \w+(?:\[\d+\])?: )?/.source

const newClient = new RegExp(
  `${stamp}New client connected from (\\S+?):(\\d+) as (.*) \\(p\\d+, c\\d, k\\d+(?:, u'(.*)')?\\)\\.?$`,
)

/** Two wordings for one thing: a handshake that fails while it is being accepted has no `OpenSSL Error` (2.0.11, seen). */
const tlsError = /(?:OpenSSL Error(?: \S+)?\[\d+\]|Client connection from \S+ failed): (.*)$/

const started = new RegExp(`${stamp}mosquitto version \\S+ starting$`)
const ofClient = new RegExp(`${stamp}Client (.*)$`)

/**
 * Reads one line. Wording as of Mosquitto 2.0.11 and 2.1 (ERR, broker lines): `New client connected from 127.0.0.1:40312
 * as board-7 (p2, c1, k60).`; an IPv6 address stands without brackets.
 */
export function readMosquittoLine(line: string): MosquittoLine | undefined {
  const session = newClient.exec(line)
  if (session !== null) {
    const [, host = '', port, clientId = '', username] = session
    return { kind: 'session', host, port: Number(port), clientId, ...(username !== undefined && { username }) }
  }
  const connection = /New connection from \S+:(\d+) on port/.exec(line)
  if (connection !== null) return { kind: 'connection', port: Number(connection[1]) }
  const error = tlsError.exec(line)
  return error === null ? undefined : { kind: 'tls-error', text: error[1] ?? '' }
}

/** Whether this line says that the broker has started: no session from before it is up. */
export function saysStarted(line: string): boolean {
  return started.test(line)
}

/** How Mosquitto 2 says that a session is over. Each is whole, so that no client id can make one of them for another. */
const endings = [
  ' disconnected.',
  ' closed its connection.',
  ' has exceeded timeout, disconnecting.',
  ' already connected, closing old connection.',
  ' disconnected: session taken over.',
  ' disconnected, not authorised.',
  ' disconnected due to protocol error.',
  ' disconnected due to malformed packet.',
  ' disconnected due to out of memory.',
  ' disconnected: Protocol error.',
  ' been disconnected by administrative action.',
]

/** The client whose session is over by this line, out of those that are up. Of several that the words fit it is the one that says least of the ending. */
export function sessionOver(line: string, isUp: (clientId: string) => boolean): string | undefined {
  const words = ofClient.exec(line)?.[1]
  if (words === undefined) return undefined
  const ids = endings.flatMap((ending) => (words.endsWith(ending) ? [words.slice(0, -ending.length)] : []))
  return ids.filter(isUp).toSorted((one, other) => other.length - one.length)[0]
}
