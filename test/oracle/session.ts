import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto'

/** The broker's side: its own certificate, and the root that it asks clients for. PEM. */
export interface OracleBroker {
  readonly server: string
  readonly root: string
}

/** The client certificate that a broker would see. */
export interface OracleClient {
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly subject: string
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
    if (!server.checkIssued(trusted) || !server.verify(trusted.publicKey)) return undefined
    const [client, asked] = [new X509Certificate(chain), new X509Certificate(broker.root)]
    if (!client.checkIssued(asked) || !client.verify(asked.publicKey)) return undefined
    // A signature, as in the handshake: a key may say that it fits and not do so.
    const said = Buffer.from('a handshake')
    if (!verify('sha256', said, client.publicKey, sign('sha256', said, createPrivateKey(key)))) return undefined
    return { fingerprint: client.fingerprint256.replaceAll(':', ''), subject: client.subject }
  } catch {
    // What cannot be read makes no session.
    return undefined
  }
}
