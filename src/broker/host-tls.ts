import { isIP } from 'node:net'
import { type ConnectionOptions, checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { parsePem, readCertificate } from '../pki/index.ts'
import { fromUtf8 } from '../terms/index.ts'
import { modemSuites, modemTlsVersion } from './modem-tls.ts'
import type { Obstacle, RehearsalOrder } from './rehearsal-order.ts'

/** A handshake that went well. */
export interface Handshaken {
  readonly ok: true
  readonly socket: TLSSocket
  readonly certificate: PeerCertificate
}

/** One that did not. */
export interface NotShaken {
  readonly ok: false
  readonly obstacle: Obstacle
  readonly detail: string
  readonly alert?: number
}

/** The handshake of a rehearsal: the server's chain and name are judged here, the client's by the server. */
export function shakeHands(order: RehearsalOrder): Promise<Handshaken | NotShaken> {
  return new Promise((resolve) => {
    let socket: TLSSocket
    try {
      socket = connect(optionsOf(order))
    } catch (error) {
      return resolve(failureOf(error as Error))
    }
    socket.setTimeout(order.timeoutMs, () =>
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    )
    let agreed = false
    // Keys are there as soon as both sides have agreed on a suite: an alert after that is about something else.
    socket.once('keylog', () => {
      agreed = true
    })
    socket.once('error', (error) => resolve(narrowed(failureOf(error), order, agreed)))
    socket.once('close', () =>
      resolve({ ok: false, obstacle: 'not-tls', detail: 'the other side closed the connection during the handshake' }),
    )
    socket.once('secureConnect', () => {
      const judged = judge(order, socket)
      if (!judged.ok) socket.destroy()
      resolve(judged)
    })
  })
}

function optionsOf(order: RehearsalOrder): ConnectionOptions {
  const name = order.name ?? order.host
  return {
    host: order.host,
    port: order.port,
    ...(isIP(name) === 0 && { servername: name }),
    ca: order.roots,
    ...(order.chain !== undefined && { cert: order.chain }),
    ...(order.key !== undefined && { key: fromUtf8(order.key.reveal()) }),
    minVersion: modemTlsVersion,
    maxVersion: modemTlsVersion,
    ciphers: modemSuites.join(':'),
    rejectUnauthorized: false,
  }
}

function judge(order: RehearsalOrder, socket: TLSSocket): Handshaken | NotShaken {
  const certificate = socket.getPeerCertificate()
  const error = socket.authorizationError === null || socket.authorized ? undefined : String(socket.authorizationError)
  if (error === 'CERT_HAS_EXPIRED') return { ok: false, obstacle: 'server-expired', detail: error }
  if (error !== undefined && error !== 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { ok: false, obstacle: 'unknown-server-ca', detail: error }
  const mismatch = checkServerIdentity(order.name ?? order.host, certificate)
  if (mismatch !== undefined) return { ok: false, obstacle: 'name-mismatch', detail: mismatch.message }
  return { ok: true, socket, certificate }
}

/** What a failed handshake means, by the code that Node gives it; alerts are named in two spellings by OpenSSL 1 and 3. */
const failures: readonly [RegExp, Obstacle, number?][] = [
  [/ENOTFOUND|EAI_AGAIN/, 'no-such-host'],
  [/ECONNREFUSED/, 'no-listener'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'no-answer'],
  [/KEY_VALUES_MISMATCH/, 'key-does-not-fit'],
  [/ALERT_CERTIFICATE_EXPIRED/, 'client-certificate-refused', 45],
  [/ALERT_CERTIFICATE_REVOKED/, 'client-certificate-refused', 44],
  [/ALERT_CERTIFICATE_UNKNOWN/, 'client-certificate-refused', 46],
  [/ALERT_UNKNOWN_CA/, 'client-certificate-refused', 48],
  [/ALERT_BAD_CERTIFICATE/, 'client-certificate-refused', 42],
  // That our key fits, Node has looked at before it connected.
  [/ALERT_DECRYPT_ERROR/, 'client-certificate-refused', 51],
  [/ALERT_CERTIFICATE_REQUIRED/, 'client-certificate-missing', 116],
  [/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/, 'protocol-version', 70],
  [/ALERT_HANDSHAKE_FAILURE/, 'no-common-suite', 40],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH|UNKNOWN_PROTOCOL|HTTP_REQUEST|RECORD_LAYER/, 'not-tls'],
]

function failureOf(error: Error & { code?: string }): NotShaken {
  const code = error.code ?? error.message
  const found = failures.find(([pattern]) => pattern.test(code))
  const alert = found?.[2]
  return { ok: false, obstacle: found?.[1] ?? 'other', detail: code, ...(alert !== undefined && { alert }) }
}

/** Whether the certificate that is shown has run out, by our own clock. */
export function hasRunOut({ chain, now }: RehearsalOrder): boolean {
  const [leaf] = parsePem(chain ?? '').blocks
  return leaf !== undefined && readCertificate(leaf.der).notAfter < now
}

/**
 * What the alert alone does not tell: servers answer a missing certificate with the alert of a missing suite, and a list of
 * revoked certificates that has run out with that of an expired certificate (BRK-03).
 */
function narrowed(failure: NotShaken, order: RehearsalOrder, agreed: boolean): NotShaken {
  if (failure.obstacle === 'no-common-suite' && agreed)
    return {
      ...failure,
      obstacle: order.chain === undefined ? 'client-certificate-missing' : 'client-certificate-refused',
    }
  if (failure.alert === 45 && hasRunOut(order)) return { ...failure, obstacle: 'client-certificate-expired' }
  return failure
}
