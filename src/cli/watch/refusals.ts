import type { Refused, RefusalReason } from '../../broker/index.ts'

/** One reason in words, and what to type next. */
interface Words {
  /** For whoever stands before the board. */
  readonly words: string
  readonly next: (at: Place) => string
}

/** Where it was seen: the broker's place as boards reach it, and its log where there is one. */
export interface Place {
  readonly broker: string
  readonly log?: string
}

const list = (): string => 'sectag list --port PORT   # the board: are types 0, 1 and 2 of its tag filled?'
const files = (): string => 'sectag plan --port PORT --tag N --ca FILE --cert FILE --key FILE   # do the files fit?'
const renew = (): string => 'sectag ca renew --cert OLD.crt --out NEW.crt   # for the same key'
const issue = (): string => 'sectag ca issue --help   # another certificate'
const fresh = (): string => 'sectag ca issue --help   # for a new key: who was revoked is not renewed'
const lists = (): string => 'openssl crl -in CRL -noout -issuer -lastupdate -nextupdate   # the file of the broker'
const look = ({ broker }: Place): string => `openssl s_client -connect ${broker} -tls1_2 -showcerts`
const clock = (): string => 'date -u   # on the broker, and on this computer'
const rehearse = ({ broker }: Place): string => `sectag rehearse ${broker} --tag N --ca FILE --cert FILE --key FILE`
const info = (): string => 'sectag info --port PORT   # the board'
const doctor = ({ log = 'DEVICE.log' }: Place): string => `sectag doctor ${log}`
const help = (): string => 'sectag watch --help'
const given = (): string => "sectag watch --help   # --client-ca and --crl: the broker's own files tell these apart"

const table: Readonly<Record<RefusalReason, Words>> = {
  'no-client-certificate': {
    words: 'the board sent no certificate: its tag holds none, or the application names another tag',
    next: list,
  },
  'client-expired': { words: "the board's certificate has expired", next: renew },
  'client-not-yet-valid': {
    words: "the board's certificate is not valid yet; or this computer's clock is wrong",
    next: clock,
  },
  'client-unknown-ca': { words: 'the board showed a certificate that this broker does not trust', next: rehearse },
  'client-revoked': { words: "the board's certificate was revoked", next: fresh },
  'client-wrong-use': { words: "the board's certificate is not for clients", next: issue },
  'client-weak-key': { words: "the key of the board's certificate is too weak for this broker", next: issue },
  'client-unreadable': { words: 'what the board showed is no certificate', next: list },
  'client-chain-too-long': {
    words: "more CAs stand above the board's certificate than one of them allows",
    next: issue,
  },
  'client-key-mismatch': { words: 'the key in the board does not fit the certificate in it', next: files },
  'client-gave-up': {
    words: 'it gave up in the middle: likely the key in the board is missing or does not fit the certificate in it',
    next: files,
  },
  'ca-expired': { words: "a CA above the board's certificate has expired", next: () => 'sectag ca show' },
  'crl-stale': { words: "the broker's revocation list is past its nextUpdate: nobody enters any more", next: lists },
  'crl-unusable': {
    words: "the broker's revocation lists are not valid yet, or none is of the board's CA",
    next: lists,
  },
  'broker-differs': {
    words: "nothing that is known here explains it: the broker's clock is wrong, or it has loaded other files",
    next: clock,
  },
  'server-unknown-ca': {
    words: "the board does not trust this broker: the root CA in its tag is not that of the broker's certificate",
    next: look,
  },
  'server-expired': { words: "the broker's certificate has expired, and the board says so", next: look },
  'server-not-yet-valid': { words: "the broker's certificate is not valid yet", next: look },
  'server-bad-certificate': { words: "the board cannot use the broker's certificate", next: look },
  'server-chain-too-long': { words: "the broker's chain is longer than a modem takes", next: look },
  'server-name-mismatch': {
    words: "the broker's certificate is for another name than the board asked for",
    next: look,
  },
  'device-clock': { words: "the board's clock is wrong", next: info },
  'device-ca-expired': { words: 'the root CA in the board has expired', next: list },
  'name-not-served': { words: 'the broker does not serve the name that the board asked for', next: look },
  'no-common-suite': { words: 'board and broker have no cipher suite or curve in common', next: look },
  'protocol-version': { words: 'board and broker have no version of TLS in common', next: look },
  'not-tls': { words: 'what came was not TLS', next: help },
  'not-authorised': { words: 'the broker does not allow this client', next: doctor },
  'not-mqtt': { words: 'what came was not MQTT', next: doctor },
  'client-id-clash': { words: 'another connection came with its client id and took its place', next: info },
  'acl-denied': { words: "the broker's access rules do not allow it this topic", next: doctor },
  left: { words: 'it left before the handshake was over', next: () => 'sectag doctor DEVICE.log' },
  stalled: { words: 'it said nothing for too long', next: () => 'sectag doctor DEVICE.log' },
  overload: { words: 'more handshakes came at once than can be watched', next: help },
  undecided: { words: 'UNKNOWN', next: given },
  other: { words: 'for a reason that is in no table of ours', next: look },
}

/** Why a connection was refused, in words. */
export function reasonWords({ reason, candidates, detail, rival }: Refused): string {
  const either = (candidates ?? []).map((one) => table[one].words)
  const open = either.length === 0 ? '' : `, it can be any of these: ${either.join('; or ')}`
  const by = rival === undefined ? '' : `, of the board with ${rival.subject}`
  return `${table[reason].words}${open}${by}${detail === undefined ? '' : ` (${detail})`}`
}

/** What to type next. */
export function nextAfter({ reason, candidates = [] }: Refused, place: Place): string {
  const bySide = candidates.some((one) => one.startsWith('server-') || one.startsWith('device-')) ? look : undefined
  return (reason === 'undecided' && bySide !== undefined ? bySide : table[reason].next)(place)
}
