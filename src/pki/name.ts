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
  return nameText(commonName(text))
}

/** The DER of a distinguished name as text, in the form in which names are printed and compared. */
export function nameText(name: Bytes): string {
  return printable(new Name(name).toString())
}

/**
 * Text out of a certificate, as it may be printed: what would steer a terminal is escaped as RFC 4514, 2.4 has it (`\\1B`).
 * Names are compared in this form, so that what looks the same is the same.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(utf8(character), (octet) => `\\${octet.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}
