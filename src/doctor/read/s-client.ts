import { certificateDetails, parsePem } from '../../pki/index.ts'
import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

/** What was typed, and what came of it so far. */
interface Dialled {
  readonly line: Line
  /** The name that the server should bear, where one was asked for that a certificate can bear. */
  readonly name?: string
  connected: boolean
  /** Something came behind the connection. */
  answered: boolean
  /** How the server ended it, where it did before it showed anything. */
  ended?: 'alert' | 'closed'
  /** The first certificate that is shown: the server's own. */
  readonly shown: string[]
}

const typed = /\bopenssl\s+s_client\b/
const options = [/-verify_hostname\s+(\S+)/, /-servername\s+(\S+)/, /-connect\s+'?"?([^\s:'"]+):\d+/] as const
/** `localhost` and addresses are of the place where somebody tried, and not of what a device asks for. */
const nameLike = /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i
/** A longer certificate is no modem's. */
const mostLines = 200

/**
 * What `openssl s_client` shows of a server: whether its certificate bears the name that was asked for, and whether it answers
 * the first message at all.
 */
export function sClientReader(tell: Tell): Reader {
  let dialled: Dialled | undefined
  const close = (): void => {
    if (dialled !== undefined) conclude(dialled, tell)
    dialled = undefined
  }
  return {
    line(line) {
      if (line.text.includes('s_client') && typed.test(line.text)) {
        close()
        dialled = begin(line)
      } else if (dialled === undefined) return
      else if (/^\s*[$#] \S/.test(line.text)) close()
      else follow(dialled, line.text)
    },
    end: close,
  }
}

function begin(line: Line): Dialled {
  const asked = options.map((option) => option.exec(line.text)?.[1]).find((name) => name !== undefined)
  const name = asked !== undefined && nameLike.test(asked) ? { name: asked.toLowerCase() } : {}
  return { line, ...name, connected: false, answered: false, shown: [] }
}

function follow(dialled: Dialled, text: string): void {
  const { shown } = dialled
  if (text.startsWith('CONNECTED(')) dialled.connected = true
  else if (dialled.connected && text.trim() !== '' && !/^\^C|^timeout/i.test(text)) dialled.answered = true
  if (/alert handshake failure/.test(text)) dialled.ended = 'alert'
  if (/SSL handshake has read 0 bytes/.test(text)) dialled.ended = 'closed'
  const complete = shown.at(-1)?.startsWith('-----END') === true
  if (complete || shown.length > mostLines) return
  if (shown.length > 0 || text.startsWith('-----BEGIN CERTIFICATE')) shown.push(text)
}

function conclude({ line, name, connected, answered, ended, shown }: Dialled, tell: Tell): void {
  if (connected) tell(line, 'seen', { sign: 'port-open' })
  if (connected && !answered) tell(line, 'seen', { sign: 'handshake-timed-out' })
  // RFC 5246, 7.3: who shows no certificate has not yet chosen a suite, or knows no TLS.
  if (shown.length === 0 && ended === 'alert') tell(line, 'seen', { sign: 'no-common-suite' })
  if (shown.length === 0 && ended === 'closed') tell(line, 'seen', { sign: 'plain-on-tls', loosely: true })
  const names = namesOf(shown.join('\n'))
  if (name === undefined || names.length === 0) return
  if (!names.some((pattern) => bears(pattern, name))) tell(line, 'seen', { sign: 'name-not-in-certificate' })
}

/** RFC 6125, 6.4.4: the common name counts only where there is no other. */
function namesOf(pem: string): readonly string[] {
  try {
    const [block] = parsePem(pem).blocks
    if (block === undefined) return []
    const { names, certificate } = certificateDetails(block.der)
    const common = /(?:^|, ?)CN=([^,+]+)/.exec(certificate.subject)?.[1]
    return names.length === 0 && common !== undefined ? [common] : names
  } catch {
    return []
  }
}

/** RFC 6125, 6.4.3: a star stands for one label, the first. */
function bears(pattern: string, name: string): boolean {
  const plain = pattern.toLowerCase()
  return plain === name || (plain.startsWith('*.') && plain.slice(1) === name.slice(name.indexOf('.')))
}
