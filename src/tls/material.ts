import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { type Bytes, byteText, fromUtf8, type Outcome, ok, refused } from '../terms/index.ts'
import type { TlsMaterial } from '../virtual/index.ts'
import type { TlsReason } from './failure.ts'

/** What a modem's store holds for a connection, read. */
export interface ReadMaterial {
  readonly roots: readonly X509Certificate[]
  /** Leaf first; empty where there is no client certificate. */
  readonly chain: readonly X509Certificate[]
  readonly key?: KeyObject
}

const block = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n?-----END CERTIFICATE-----/g

/** The certificates of a PEM text; none where it has no real line ends, which old firmware stores all the same (PEM-02). */
function certificates(text: Bytes): X509Certificate[] {
  try {
    return [...byteText(text).matchAll(block)].map(
      (match) => new X509Certificate(Buffer.from(match[1] ?? '', 'base64')),
    )
  } catch {
    return []
  }
}

function privateKey(text: Bytes): KeyObject | undefined {
  try {
    const key = createPrivateKey(fromUtf8(text))
    return key.asymmetricKeyType === 'ec' || key.asymmetricKeyType === 'rsa' ? key : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads what the store holds, as a modem does before it opens a socket. Without a root CA there is no socket at all, even
 * where the server is not verified (TLS-11).
 */
export function readMaterial(material: TlsMaterial): Outcome<ReadMaterial, TlsReason> {
  const roots = material.roots.flatMap(certificates)
  if (roots.length === 0) return refused(material.roots.length === 0 ? 'no-root' : 'unreadable-certificate')
  const chain = material.chain === undefined ? [] : certificates(material.chain)
  if (material.chain !== undefined && chain.length === 0) return refused('unreadable-certificate')
  if (material.key === undefined) return ok({ roots, chain })
  const key = privateKey(material.key)
  return key === undefined ? refused('unreadable-key') : ok({ roots, chain, key })
}
