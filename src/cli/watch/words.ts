import { type Expected, isOwn, type RefusalReason, type Sighting, shortOf } from '../../broker/index.ts'
import { isoTime } from '../../terms/index.ts'

/** Why a connection was refused, in words for whoever stands before the board. */
const reasons: Readonly<Record<RefusalReason, string>> = {
  'no-client-certificate': 'the board sent no certificate: its tag holds none, or the application names another tag',
  'client-expired': "the board's certificate has expired",
  'client-not-yet-valid': "the board's certificate is not valid yet; or this computer's clock is wrong",
  'client-unknown-ca': 'the board showed a certificate that this broker does not trust',
  'client-revoked': "the board's certificate was revoked",
  'client-wrong-use': "the board's certificate is not for clients, or cannot be read",
  'client-key-mismatch': 'the key in the board does not fit the certificate in it',
  'client-gave-up':
    'it gave up in the middle: likely the key in the board is missing or does not fit the certificate in it',
  'crl-unusable': 'the revocation list is too old or of another CA',
  'server-unknown-ca':
    "the board does not trust this broker: the root CA in its tag is not that of the broker's certificate",
  'server-expired': "the board says that the broker's certificate has expired",
  'server-bad-certificate': "the board cannot use the broker's certificate",
  'no-common-suite': 'board and broker have no cipher suite in common',
  'protocol-version': 'board and broker have no version of TLS in common',
  'not-tls': 'what came was not TLS',
  'not-authorised': 'the broker does not allow this client',
  'not-mqtt': 'what came was not MQTT',
  left: 'it left before the handshake was over',
  other: 'for a reason that is in no table of ours',
}

/** One connection in a line. */
export function sightingWords(sighting: Sighting, short: string | undefined): string {
  const { at, peer, certificate, clientId, refused } = sighting
  const who = [certificate?.subject, clientId === undefined ? undefined : `client id ${clientId}`]
    .filter(Boolean)
    .join(', ')
  const end = refused === undefined ? (short ?? 'session accepted') : refusedWords(refused)
  return `${isoTime(at)}  ${peer}  ${who === '' ? 'nobody by name' : who}: ${end}`
}

function refusedWords({ by, reason, alert }: NonNullable<Sighting['refused']>): string {
  const number = alert === undefined ? '' : ` (alert ${alert})`
  return `refused by the ${by === 'device' ? 'board' : 'broker'}, ${reasons[reason]}${number}`
}

/** The most telling of what was seen and proves nothing: one's own board first, then the last of all. */
export function mostTelling(seen: readonly Sighting[], expected: readonly Expected[]): string | undefined {
  const own = seen.findLast((sighting) => isOfAny(sighting, expected))
  const told = own ?? seen.at(-1)
  const [first] = expected
  if (told === undefined || first === undefined) return undefined
  return told.refused === undefined ? shortOf(told, first) : reasons[told.refused.reason]
}

/** Whether the board that is waited for was seen, and refused. One that left in the middle was not: its line may have broken. */
export function isRefusedOwn(seen: readonly Sighting[], expected: readonly Expected[]): boolean {
  const last = seen.findLast((sighting) => isOfAny(sighting, expected))
  return last?.refused !== undefined && last.refused.reason !== 'left'
}

function isOfAny(sighting: Sighting, expected: readonly Expected[]): boolean {
  return expected.some((one) => isOwn(sighting, one))
}
