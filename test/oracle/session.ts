import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto'

/** The broker's side: its own certificate, and the roots that it asks clients for. PEM. */
export interface OracleBroker {
  readonly server: string
  readonly roots: readonly string[]
}

/** The client certificate that a broker would see. */
export interface OracleClient {
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly subject: string
  /** The same of the certificates behind it. */
  readonly issuers: readonly string[]
}

/**
 * The certificate of the session that a board with these contents (types 0, 1 and 2 of one tag) could have with a broker;
 * undefined where none is possible. Node's crypto decides, and nothing of ours.
 */
export function possibleSession(
  [root, chain, key]: readonly (Buffer | undefined)[],
  broker: OracleBroker,
): OracleClient | undefined {
  if (root === undefined || chain === undefined || key === undefined) return undefined
  try {
    const [trusted, server] = [new X509Certificate(root), new X509Certificate(broker.server)]
    if (!isUnder(server, trusted)) return undefined
    const [client, ...behind] = certificatesOf(chain)
    if (client === undefined || !leadsTo(client, behind, broker.roots)) return undefined
    if (!fits(key, client)) return undefined
    return { fingerprint: shortOf(client), subject: client.subject, issuers: behind.map(shortOf) }
  } catch {
    // What cannot be read makes no session.
    return undefined
  }
}

/** Whether a private key makes signatures that a certificate's public key takes: a key may say that it fits and not do so. */
export function fits(key: Buffer, certificate: X509Certificate): boolean {
  const said = Buffer.from('a handshake')
  try {
    return verify('sha256', said, certificate.publicKey, sign('sha256', said, createPrivateKey(key)))
  } catch {
    return false
  }
}

/** The certificates of a PEM text, in their order. Throws where one of them cannot be read. */
export function certificatesOf(text: Buffer): X509Certificate[] {
  const blocks = text.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? []
  return blocks.map((pem) => new X509Certificate(pem))
}

function isUnder(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function leadsTo(client: X509Certificate, behind: readonly X509Certificate[], roots: readonly string[]): boolean {
  if (roots.some((root) => isUnder(client, new X509Certificate(root)))) return true
  const [next, ...rest] = behind
  return next !== undefined && isUnder(client, next) && leadsTo(next, rest, roots)
}

function shortOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '')
}
