import type { X509Certificate } from 'node:crypto'
import { derChildren, derOid, derTag, readDer } from '../../pki/index.ts'
import { type Bytes, sameBytes } from '../../terms/index.ts'

/** What Node's X509Certificate does not tell of a certificate. */
export interface CertificateParts {
  /** DER of the issuer's name. */
  readonly issuer: Bytes
  /** How many CAs may stand below this one (RFC 5280, 4.2.1.9); undefined where that is not limited. */
  readonly pathLength?: number
}

const basicConstraints = derOid('2.5.29.19')

/** Reads them from a certificate (RFC 5280, 4.1); of one that OpenSSL reads and we do not, nothing is known. */
export function certificateParts(certificate: X509Certificate): CertificateParts {
  try {
    return readParts(Uint8Array.from(certificate.raw))
  } catch {
    return { issuer: new Uint8Array() }
  }
}

function readParts(certificate: Bytes): CertificateParts {
  const [body] = derChildren(readDer(certificate).value)
  const fields = derChildren(body?.value ?? new Uint8Array())
  const first = fields[0]?.tag === 0xa0 ? 1 : 0
  const issuer = fields[first + 2]?.value ?? new Uint8Array()
  const extensions = fields.find(({ tag }) => tag === 0xa3)
  const limit = extensions === undefined ? undefined : pathLength(extensions.value)
  return { issuer, ...(limit !== undefined && { pathLength: limit }) }
}

function pathLength(extensions: Bytes): number | undefined {
  const [list] = derChildren(extensions)
  for (const { value } of derChildren(list?.value ?? new Uint8Array())) {
    const oid = readDer(value)
    if (!sameBytes(value.slice(0, oid.end), basicConstraints)) continue
    const content = derChildren(value).at(-1)
    const [constraints] = derChildren(content?.value ?? new Uint8Array())
    const limit = derChildren(constraints?.value ?? new Uint8Array()).find(({ tag }) => tag === derTag.integer)
    return limit?.value[0]
  }
  return undefined
}
