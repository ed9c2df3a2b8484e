import type { X509Certificate } from 'node:crypto'
import { derChildren, derOid, derTag, readDer } from '../../pki/index.ts'
import { type Bytes, sameBytes } from '../../terms/index.ts'

const basicConstraints = derOid('2.5.29.19')

/**
 * How many CAs may stand below this one (RFC 5280, 4.2.1.9), which Node's X509Certificate does not tell; undefined where that
 * is not limited, and for a certificate that OpenSSL reads and we do not.
 */
export function pathLengthOf(certificate: X509Certificate): number | undefined {
  try {
    const [body] = derChildren(readDer(Uint8Array.from(certificate.raw)).value)
    const extensions = derChildren(body?.value ?? new Uint8Array()).find(({ tag }) => tag === 0xa3)
    return extensions === undefined ? undefined : pathLength(extensions.value)
  } catch {
    return undefined
  }
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
