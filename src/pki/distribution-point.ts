import { type Bytes, byteText, bytesOf } from '../terms/index.ts'
import { brokenDer, der, derChildren, derTag } from './der.ts'
import { type DerExtension, extensionValue } from './extension.ts'
import { oids } from './oids.ts'

/** Characters that the address of a CRL may have: it stands in every certificate, and a chain has a limit (PEM-31, PEM-34). */
export const longestCrlUrl = 200

/**
 * Whether this can be the address of a CRL: `http` only, since whoever fetches a CRL to check a certificate cannot check
 * the certificate of its server first (RFC 5280, 8), and printable ASCII.
 */
export function isCrlUrl(text: string): boolean {
  return text.length <= longestCrlUrl && /^http:\/\/[a-z0-9[][\x21-\x7e]*$/i.test(text) && URL.canParse(text)
}

/** What a certificate says of where its CRL is (RFC 5280, 4.2.1.13). */
export function crlDistributionPoints(url: string): DerExtension {
  const point = der(derTag.sequence, der(0xa0, fullName(url)))
  return { oid: oids.crlDistributionPoints, critical: false, value: der(derTag.sequence, point) }
}

/**
 * What a CRL says of which certificates it is for (RFC 5280, 5.2.5). With an address: those that name the same one, and an
 * OpenSSL takes it for no others. Without: all that are no CAs, whatever address they name, or none.
 */
export function issuingDistributionPoint(url: string): DerExtension {
  const scope = url === '' ? der(0x81, Uint8Array.of(0xff)) : der(0xa0, fullName(url))
  return { oid: oids.issuingDistributionPoint, critical: true, value: der(derTag.sequence, scope) }
}

function fullName(url: string): Bytes {
  return der(0xa0, der(0x86, bytesOf(url)))
}

/** Which certificates a CRL is for. */
export interface CrlScope {
  /** The address that certificates must name; undefined where any will do. */
  readonly url?: string
}

/** Reads an issuing distribution point. A CRL for some reasons, for other issuers or for CAs only is refused: it is not whole. */
export function readScope(extension: DerExtension): CrlScope {
  const fields = derChildren(extensionValue(extension, derTag.sequence).value)
  const point = fields.find(({ tag }) => tag === 0xa0)
  const others = fields.filter(({ tag, value }) => tag !== 0xa0 && !(tag === 0x81 && value.length === 1))
  if (others.length > 0) throw brokenDer('a CRL for some certificates only')
  if (point === undefined) return {}
  const [full] = derChildren(point.value)
  const url = full?.tag === 0xa0 ? derChildren(full.value).find(({ tag }) => tag === 0x86) : undefined
  if (url === undefined) throw brokenDer('a distribution point without an address')
  return { url: byteText(url.value) }
}
