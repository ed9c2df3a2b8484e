import 'reflect-metadata'
import { Name } from '@peculiar/x509'
import { type Bytes, utf8 } from '../terms/index.ts'
import { der, derTag } from './der.ts'
import { derOid } from './der-values.ts'
import { oids } from './oids.ts'

/** The longest common name, in characters (RFC 5280, appendix A.1: ub-common-name). */
export const longestCommonName = 64

/** A distinguished name of one common name, as UTF8String (RFC 5280, 4.1.2.4). */
export function commonName(text: string): Bytes {
  const attribute = der(derTag.sequence, derOid(oids.commonName), der(derTag.utf8, utf8(text)))
  return der(derTag.sequence, der(derTag.set, attribute))
}

/** The first common name in the DER of a distinguished name; undefined where it has none. */
export function commonNameIn(name: Bytes): string | undefined {
  return new Name(name).getField('CN')[0]
}

/** A distinguished name of one common name as a certificate's `subject` is written: `CN=…`, with what RFC 4514 escapes. */
export function commonNameText(text: string): string {
  return new Name(commonName(text)).toString()
}
