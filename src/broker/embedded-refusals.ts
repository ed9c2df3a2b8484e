import type { TLSSocket } from 'node:tls'
import { type RefusalReason, reasonOfAlert, type Sighting } from './sighting.ts'

/** Why Node did not accept a client's certificate, in our words. */
export function refusalOf(socket: TLSSocket): RefusalReason | undefined {
  if (socket.authorized) return undefined
  const shown = Object.keys(socket.getPeerCertificate(false) ?? {}).length > 0
  if (!shown) return 'no-client-certificate'
  const codes: Record<string, RefusalReason> = {
    CERT_HAS_EXPIRED: 'client-expired',
    CERT_NOT_YET_VALID: 'client-not-yet-valid',
    INVALID_PURPOSE: 'client-wrong-use',
  }
  return codes[String(socket.authorizationError)] ?? 'client-unknown-ca'
}

/** What a failed handshake says of who ended it: OpenSSL names an alert that was received, and its own reasons (stack of both spellings). */
export function failureOf(error: { code?: string; message: string }): NonNullable<Sighting['refused']> {
  const code = error.code ?? ''
  const alerts: [RegExp, number][] = [
    [/ALERT_UNKNOWN_CA/, 48],
    [/ALERT_CERTIFICATE_EXPIRED/, 45],
    [/ALERT_BAD_CERTIFICATE/, 42],
    [/ALERT_CERTIFICATE_UNKNOWN/, 46],
    [/ALERT_HANDSHAKE_FAILURE/, 40],
    [/ALERT_PROTOCOL_VERSION/, 70],
    [/ALERT_DECRYPT_ERROR/, 51],
  ]
  const alert = alerts.find(([pattern]) => pattern.test(code))?.[1]
  if (alert !== undefined) return { by: 'device', reason: reasonOfAlert(alert, 'device'), alert }
  if (/NO_SHARED_CIPHER/.test(code)) return { by: 'broker', reason: 'no-common-suite', alert: 40 }
  if (/UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|WRONG_SSL_VERSION/.test(code))
    return { by: 'broker', reason: 'protocol-version', alert: 70 }
  if (/HTTP_REQUEST|WRONG_VERSION_NUMBER|PACKET_LENGTH|UNKNOWN_PROTOCOL/.test(code))
    return { by: 'broker', reason: 'not-tls' }
  if (/BAD_SIGNATURE|SIGNATURE_FAILURE|DIGEST_CHECK/.test(code))
    return { by: 'broker', reason: 'client-key-mismatch', alert: 51 }
  return code === 'ECONNRESET' ? { by: 'device', reason: 'left' } : { by: 'broker', reason: 'other' }
}
