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
  /** A second connection came with a client id that is in use; the older one is closed. */
  | { readonly kind: 'clash'; readonly clientId: string }
  /** The rules for topics did not allow it. `detail`: what was asked for, and the topic. */
  | { readonly kind: 'denied'; readonly clientId: string; readonly detail: string }
  /** A CONNECT was refused; whose, the line does not say (BRK-14). */
  | { readonly kind: 'not-authorised' }

/** What stands in front is a stamp: a client id, which anybody may choose, can look like a line of its own. */
const stamp = String.raw`^(?:\S+ +\| )?(?:\d[\d/.-]*[ T]?[\d:.+Z]*: |\w{3} +\d+ [\d:]+ [^\s:]+ \w+(?:\[\d+\])?: )?`
const after = (pattern: string): RegExp => new RegExp(stamp + pattern)

const newClient = after(
  String.raw`New client connected from (\S+?):(\d+) as (.*) \(p\d+, c\d, k\d+(?:, u'(.*)')?\)\.?$`,
)
const newConnection = after(String.raw`New connection from \S+:(\d+) on port \d+\.$`)
/** 2.0.11 and 2.1 word it in two ways (BRK-15). */
const clash = after(
  String.raw`Client (.*?)(?: already connected, closing old connection\.| disconnected: session taken over\.)$`,
)
const denied = after(
  String.raw`Denied (PUBLISH|SUBSCRIBE) from (.*) \(d\d, q\d, r\d, m\d+, '(.*)', \.\.\. \(\d+ bytes\)\)$`,
)
const notAuthorised = after(String.raw`Client <unknown>(?: \[.*\])? disconnected[,:] not authorised\.$`)

/** Two wordings for one thing: a handshake that fails while it is being accepted has no `OpenSSL Error` (BRK-12). */
const tlsError = /(?:OpenSSL Error(?: \S+)?\[\d+\]|Client connection from \S+ failed): (.*)$/

const started = after(String.raw`mosquitto version \S+ starting$`)
const ofClient = after('Client (.*)$')

/**
 * Reads one line. Wording as of Mosquitto 2.0.11 and 2.1 (BRK-12 to BRK-16): `New client connected from 127.0.0.1:40312
 * as board-7 (p2, c1, k60).`; an IPv6 address stands without brackets.
 */
export function readMosquittoLine(line: string): MosquittoLine | undefined {
  const session = newClient.exec(line)
  if (session !== null) {
    const [, host = '', port, clientId = '', username] = session
    return { kind: 'session', host, port: Number(port), clientId, ...(username !== undefined && { username }) }
  }
  const connection = newConnection.exec(line)
  if (connection !== null) return { kind: 'connection', port: Number(connection[1]) }
  const taken = clash.exec(line)
  if (taken !== null) return { kind: 'clash', clientId: taken[1] ?? '' }
  const [, what, clientId, topic] = denied.exec(line) ?? []
  if (clientId !== undefined) return { kind: 'denied', clientId, detail: `${what} to ${topic}` }
  if (notAuthorised.test(line)) return { kind: 'not-authorised' }
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
