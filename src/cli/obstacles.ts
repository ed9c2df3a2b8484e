import type { Obstacle, Rehearsal } from '../broker/index.ts'
import type { Exit } from './exit-codes.ts'
import type { Failure } from './failure.ts'

/** One obstacle in words: what it is, why most likely, what to do; `unreached` where no verdict on the files was had. */
interface Words {
  readonly what: string
  readonly why: string
  /** `line`: what was typed; undefined where a name was typed with it. */
  readonly next: (place: string, host: string, line: string | undefined) => string
  readonly unreached?: true
}

const again = (place: string): string => `sectag rehearse ${place} --help`
const look = (place: string, host: string): string =>
  `openssl s_client -connect ${place} -servername ${host} -tls1_2 -showcerts`
/** Which names the broker's certificate holds. */
const names = (place: string, host: string): string =>
  `openssl s_client -connect ${place} -servername ${host} -tls1_2 </dev/null | openssl x509 -noout -ext subjectAltName`

const table: Readonly<Record<Obstacle, Words>> = {
  'no-such-host': {
    what: 'there is no such host',
    why: 'the name is wrong, or this computer cannot look it up',
    next: again,
    unreached: true,
  },
  'no-listener': {
    what: 'nobody listens there',
    why: 'the broker is down, or it listens on another port or address',
    next: look,
    unreached: true,
  },
  'no-answer': {
    what: 'nobody answered in time',
    why: 'a firewall drops what is sent, or the host is off',
    next: look,
    unreached: true,
  },
  'plain-port': {
    what: 'the port speaks MQTT without TLS',
    why: 'it is the plain listener (often 1883); the one with TLS is often 8883',
    next: again,
  },
  'not-tls': { what: 'what answers there does not speak TLS', why: 'it is the port of another service', next: look },
  'no-common-suite': {
    what: 'the broker and a modem have no cipher suite in common',
    why: "the broker's list of ciphers leaves out all that modems have (ECDHE with AES)",
    next: look,
  },
  'protocol-version': {
    what: 'the broker does not speak TLS 1.2',
    why: 'it was set to TLS 1.3 only, or to what is older; a modem offers TLS 1.2 and nothing newer (TLS-01)',
    next: look,
  },
  'unknown-server-ca': {
    what: "the broker's certificate does not lead to the root CA of these files",
    why: "the broker's CA has changed, or these files are another broker's; a board with this root CA refuses the broker with alert 48",
    next: look,
  },
  'server-expired': { what: "the broker's certificate has expired", why: 'it was not renewed in time', next: look },
  'name-mismatch': {
    what: "the broker's certificate is for another name",
    why: 'the board connects by a name or address that the certificate does not hold; only boards that check host names mind',
    next: (place, host, line) =>
      line === undefined ? names(place, host) : `${line} --name NAME   # the name that the boards use`,
  },
  'key-does-not-fit': {
    what: 'the key does not fit the client certificate',
    why: 'the files are of two boards',
    next: () => 'sectag plan --help',
  },
  'client-certificate-missing': {
    what: 'the broker wants a client certificate, and these files have none',
    why: 'mutual TLS is on at the broker',
    next: (place) => `sectag rehearse ${place} --tag N --ca FILE --cert FILE --key FILE`,
  },
  'client-certificate-expired': {
    what: 'the client certificate has expired, and the broker says so',
    why: 'it was not renewed in time',
    next: () => 'sectag ca renew --cert OLD.crt --out NEW.crt   # for the same key',
  },
  'client-certificate-refused': {
    what: 'the broker refused the client certificate',
    why: "it was issued by a CA that the broker does not trust, or it was revoked, or it is not for clients; the broker's log knows which",
    next: look,
  },
  'not-authorised': {
    what: 'the TLS handshake was good, and the broker refused the session: not authorised',
    why: "the broker's access rules do not know this certificate or this client id",
    next: look,
  },
  'mqtt-refused': {
    what: 'the TLS handshake was good, and the broker refused the MQTT session',
    why: 'it wants another protocol version, a user name, or an allowed client id',
    next: look,
  },
  other: {
    what: 'the connection failed in a way that is in no table of ours',
    why: 'unknown',
    next: look,
    unreached: true,
  },
}

/** What the alert says of a certificate that was refused (BRK-02 to BRK-07); the others leave more open. */
const refusedBy: Readonly<Partial<Record<number, { why: string; next: string }>>> = {
  44: {
    why: 'it was revoked: it stands in the list that the broker has (BRK-02)',
    next: 'sectag ca issue --help   # for a new key: who was revoked is not renewed',
  },
  45: {
    why: "it has not run out by this computer's clock: the broker's revocation list has, or a CA above it, or a clock is wrong (BRK-03)",
    next: 'openssl crl -in CRL -noout -nextupdate   # the crlfile of the broker; `sectag ca crl --out` makes the next one',
  },
  51: {
    why: 'the key fits it: another CA, which has the name of one that the broker trusts, has signed it or the list (BRK-07)',
    next: 'openssl verify -CAfile CAFILE -purpose sslclient BOARD.crt   # with the cafile of the broker',
  },
}

/**
 * A rehearsal that did not reach a session, as a failure with its exit code.
 *
 * @param line what was typed; undefined where a name was typed with it
 */
export function obstacleFailure(
  rehearsal: Rehearsal,
  { place, host, line }: { place: string; host: string; line: string | undefined },
): { exit: Exit; failure: Failure } {
  const { obstacle = 'other', detail, alert } = rehearsal
  const { what, why, next, unreached } = table[obstacle]
  const known = obstacle === 'client-certificate-refused' ? refusedBy[alert ?? 0] : undefined
  const said = [alert === undefined ? undefined : `alert ${alert}`, detail].filter(Boolean).join(', ')
  return {
    exit: unreached === true ? 1 : 5,
    failure: {
      what: `${place}: ${what}${said === '' ? '' : ` (${said})`}`,
      state: 'no board was touched, and nothing was published',
      why: known?.why ?? why,
      next: known?.next ?? next(place, host, line),
    },
  }
}
