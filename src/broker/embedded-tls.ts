import { constants } from 'node:crypto'
import type { TlsOptions } from 'node:tls'
import type { Clock } from '../terms/index.ts'
import { modemSuites, modemTlsVersion } from './modem-tls.ts'
import { certificatesIn } from './refusal/broker-files.ts'
import { pathTo } from './refusal/path.ts'

/** What an embedded broker needs. PEM texts; the key is in memory only. */
export interface EmbeddedOptions {
  readonly clock: Clock
  readonly host: string
  readonly port: number
  /** Leaf first, then intermediates. */
  readonly serverChain: string
  readonly serverKey: string
  /** The CAs that clients must come from. */
  readonly clientRoots: string
  /** Lists of revoked certificates, one for each CA that has any. */
  readonly revocations?: string
}

/** Milliseconds for a handshake: half of what boards allow themselves. */
const handshakeTimeout = 30_000

/** Bytes of data in one record that a modem can take (TLS-05). */
export const longestRecord = 2048

/** What Node is told of TLS: nothing that a modem does not speak, and no handshake that is not full. */
export function tlsOptions(options: EmbeddedOptions): TlsOptions {
  return {
    cert: options.serverChain,
    key: options.serverKey,
    ca: options.clientRoots,
    handshakeTimeout,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: modemTlsVersion,
    maxVersion: modemTlsVersion,
    ciphers: modemSuites.join(':'),
    // Resumption would skip the certificate and its revocation.
    secureOptions: constants.SSL_OP_NO_TICKET,
  }
}

/** What goes over the wire: behind a leaf that comes alone OpenSSL puts what it finds for it among the CAs. */
export function sentChain({ serverChain, clientRoots }: EmbeddedOptions): Uint8Array[] {
  const given = certificatesIn(serverChain)
  const sent = given.length === 1 ? pathTo(given, certificatesIn(clientRoots)).certificates : given
  return sent.map(({ raw }) => raw)
}
