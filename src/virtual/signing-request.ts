import { der, derBits, derInteger, derNamedBits, derOid, derSignature, derTag } from '../pki/index.ts'
import { type Bytes, utf8 } from '../terms/index.ts'
import { type DeviceKey, signWith } from './device-key.ts'

/** What stands in a request beside its key. */
export interface RequestOrder {
  readonly subject: Bytes
  /** Nine binary digits (KEY-07). */
  readonly usage: string
  readonly nullParameter: boolean
}

/** Of X.520 and RFC 4519 (KEY-06): the OID, and the kind of string where it is no UTF8String. */
const attributeTypes: Record<string, readonly [oid: string, tag?: number]> = {
  CN: ['2.5.4.3'],
  SN: ['2.5.4.4'],
  serialNumber: ['2.5.4.5', derTag.printable],
  C: ['2.5.4.6', derTag.printable],
  L: ['2.5.4.7'],
  ST: ['2.5.4.8'],
  O: ['2.5.4.10'],
  OU: ['2.5.4.11'],
  title: ['2.5.4.12'],
  postalAddress: ['2.5.4.16'],
  postalCode: ['2.5.4.17'],
  GN: ['2.5.4.42'],
  initials: ['2.5.4.43'],
  generationQualifier: ['2.5.4.44'],
  dnQualifier: ['2.5.4.46', derTag.printable],
  pseudonym: ['2.5.4.65'],
  DC: ['0.9.2342.19200300.100.1.25', derTag.ia5],
  R: ['1.2.840.113549.1.9.1', derTag.ia5],
}

/** A subject from `NAME=value` pairs with commas between (KEY-06); undefined where a name is none of those, or a value is empty. */
export function subjectOf(attributes: string): Bytes | undefined {
  const parts = attributes.split(',').map((pair) => {
    const [name = '', value = ''] = pair.trim().split(/=(.*)/s)
    const type = attributeTypes[name]
    return type === undefined || value === '' ? undefined : attribute(type, value)
  })
  return parts.some((part) => part === undefined) ? undefined : der(derTag.sequence, ...parts.flatMap((p) => p ?? []))
}

function attribute([oid, tag = derTag.utf8]: readonly [string, number?], value: string): Bytes {
  return der(derTag.set, der(derTag.sequence, derOid(oid), der(tag, utf8(value))))
}

/** A PKCS#10 request as modems write it (KEY-13 to KEY-16): version 0, and a keyUsage that is asked for, not critical. */
export function signingRequest(key: DeviceKey, order: RequestOrder): Bytes {
  const usage = der(derTag.sequence, derOid('2.5.29.15'), der(derTag.octets, derNamedBits(order.usage)))
  // RFC 2985, 5.4.2: extensionRequest.
  const wanted = der(derTag.set, der(derTag.sequence, usage))
  const attributes = der(0xa0, der(derTag.sequence, derOid('1.2.840.113549.1.9.14'), wanted))
  const info = der(derTag.sequence, derInteger(0), order.subject, key.spki, attributes)
  const ecdsaWithSha256 = derOid('1.2.840.10045.4.3.2')
  const algorithm = der(derTag.sequence, ecdsaWithSha256, ...(order.nullParameter ? [der(derTag.null)] : []))
  return der(derTag.sequence, info, algorithm, derBits(derSignature(signWith(key, info))))
}
