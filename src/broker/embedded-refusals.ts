import type { TLSSocket } from 'node:tls'
import type { Instant } from '../terms/index.ts'
import { type BrokerFiles, readShown } from './refusal/broker-files.ts'
import { type ClientCase, clientFinding } from './refusal/client-findings.ts'
import type { Refused, RefusalReason } from './refusal/reason.ts'
import { whyRefused } from './refusal/why.ts'
import { newObserver } from './tls/handshake.ts'

/** Why Node did not accept a client's certificate: the first that is so, in the order in which OpenSSL looks (BRK-08). */
const inOrder: readonly RefusalReason[] = [
  'client-unknown-ca',
  'client-wrong-use',
  'client-chain-too-long',
  'client-weak-key',
  'crl-unusable',
  'crl-stale',
  'client-revoked',
  'client-expired',
  'client-not-yet-valid',
  'ca-expired',
]

/** What Node says where none of these explains it. */
const codes: Record<string, RefusalReason> = {
  CERT_HAS_EXPIRED: 'client-expired',
  CERT_NOT_YET_VALID: 'client-not-yet-valid',
  CERT_REVOKED: 'client-revoked',
  INVALID_PURPOSE: 'client-wrong-use',
  PATH_LENGTH_EXCEEDED: 'client-chain-too-long',
  CERT_CHAIN_TOO_LONG: 'client-chain-too-long',
  CRL_HAS_EXPIRED: 'crl-stale',
  CRL_NOT_YET_VALID: 'crl-unusable',
  CRL_SIGNATURE_FAILURE: 'crl-unusable',
}

/** Why Node did not accept a client's certificate, in our words; undefined where it did. */
export function refusalOf(
  socket: TLSSocket,
  { files, now }: { files: BrokerFiles; now: Instant },
): RefusalReason | undefined {
  if (socket.authorized) return undefined
  const { roots } = files
  const shown = readShown(shownBy(socket)).filter(
    ({ raw }) => roots === 'unknown' || !roots.some((root) => root.raw.equals(raw)),
  )
  if (shown.length === 0) return 'no-client-certificate'
  const client: ClientCase = { shown, files, now }
  const found = inOrder.find((reason) => clientFinding(reason, client) === 'so')
  // Node goes on after the first fault, so that its code is that of the last (BRK-10).
  return found ?? codes[String(socket.authorizationError)] ?? 'client-unknown-ca'
}

/** The certificates of the other side, leaf first, as far as Node has put them in a row: it adds its own CA behind them. */
function shownBy(socket: TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = []
  let one = socket.getPeerCertificate(true) as { raw?: Buffer; issuerCertificate?: { raw?: Buffer } } | null
  while (one?.raw !== undefined && !chain.some((before) => one?.raw?.equals(before) === true)) {
    chain.push(one.raw)
    one = one.issuerCertificate ?? null
  }
  return chain
}

/** What this broker showed to a device, and what it was asked for. */
export interface Shown {
  /** DER, leaf first. */
  readonly serverChain: readonly Uint8Array[]
  readonly name?: string
  readonly now: Instant
  readonly files: BrokerFiles
}

const alerts: readonly [RegExp, number][] = [
  [/ALERT_RECORD_OVERFLOW/, 22],
  [/ALERT_UNKNOWN_CA/, 48],
  [/ALERT_CERTIFICATE_EXPIRED/, 45],
  [/ALERT_BAD_CERTIFICATE/, 42],
  [/ALERT_CERTIFICATE_UNKNOWN/, 46],
  [/ALERT_HANDSHAKE_FAILURE/, 40],
  [/ALERT_PROTOCOL_VERSION/, 70],
  [/ALERT_DECRYPT_ERROR/, 51],
]

/** What a failed handshake says of who ended it: OpenSSL names an alert that was received, and its own reasons (stack of both spellings). */
export function failureOf(error: { code?: string; message: string }, shown: Shown): Refused {
  const code = error.code ?? ''
  const alert = alerts.find(([pattern]) => pattern.test(code))?.[1]
  if (alert !== undefined) return byDevice(alert, shown)
  if (/NO_SHARED_CIPHER/.test(code)) return { by: 'broker', reason: 'no-common-suite', alert: 40 }
  if (/UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|WRONG_SSL_VERSION/.test(code))
    return { by: 'broker', reason: 'protocol-version', alert: 70 }
  if (/HTTP_REQUEST|WRONG_VERSION_NUMBER|PACKET_LENGTH|UNKNOWN_PROTOCOL/.test(code))
    return { by: 'broker', reason: 'not-tls' }
  if (/BAD_SIGNATURE|SIGNATURE_FAILURE|DIGEST_CHECK/.test(code))
    return { by: 'broker', reason: 'client-key-mismatch', alert: 51 }
  if (/HANDSHAKE_TIMEOUT/.test(code)) return { by: 'broker', reason: 'stalled' }
  return code === 'ECONNRESET' ? byDevice(undefined, shown) : { by: 'broker', reason: 'other' }
}

/** The handshake as an observer would have seen it. */
function byDevice(alert: number | undefined, { serverChain, name, now, files }: Shown): Refused {
  const view = {
    ...newObserver.view,
    serverHello: { version: 0x0303, suite: 0 },
    serverChain: serverChain.map((der) => Uint8Array.from(der)),
    clientHello: { suites: [], ...(name !== undefined && { name }) },
    ...(alert !== undefined && { alert: { by: 'device' as const, code: alert, fatal: true } }),
  }
  return whyRefused(view, 'device', { now, files })
}
