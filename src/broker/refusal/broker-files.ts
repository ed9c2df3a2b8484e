import { X509Certificate } from 'node:crypto'
import { type Crl, parsePem } from '../../pki/index.ts'
import { listsIn } from '../revocations.ts'

/** What a broker judges its clients by, as far as it is known here. */
export interface BrokerFiles {
  readonly roots: 'unknown' | readonly X509Certificate[]
  /** `none`: the broker has no list and refuses nobody by one. */
  readonly revocations: 'unknown' | 'none' | readonly Crl[]
}

/** Where nothing was said of the broker's files. */
export const unknownFiles: BrokerFiles = { roots: 'unknown', revocations: 'unknown' }

/** Reads the PEM texts of the CAs and the revocation lists that a broker uses; `false` where it is known to have no list. */
export function readBrokerFiles(texts: {
  readonly roots?: string
  readonly revocations?: string | false
}): BrokerFiles {
  const { roots, revocations } = texts
  const lists = typeof revocations === 'string' ? listsIn(revocations).flatMap(({ crl }) => crl ?? []) : undefined
  return {
    roots: roots === undefined ? 'unknown' : certificatesIn(roots),
    revocations: lists ?? (revocations === false ? 'none' : 'unknown'),
  }
}

/** The certificates of a PEM text; blocks that are none are left out. */
export function certificatesIn(pem: string): X509Certificate[] {
  return parsePem(pem).blocks.flatMap(({ label, der }) => (label === 'CERTIFICATE' ? readShown([der]) : []))
}

/** Certificates from DER, up to the first that cannot be read. */
export function readShown(chain: readonly Uint8Array[]): X509Certificate[] {
  const read: X509Certificate[] = []
  for (const der of chain) {
    try {
      read.push(new X509Certificate(der))
    } catch {
      return read
    }
  }
  return read
}
