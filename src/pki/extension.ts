import { type Bytes, SectagError } from '../terms/index.ts'
import { brokenDer, type DerElement, der, derChildren, derTag, readWhole } from './der.ts'
import { derOid, readOid } from './der-values.ts'

/** One extension of a certificate or a CRL (RFC 5280, 4.2). */
export interface DerExtension {
  readonly oid: string
  /** Whoever does not know it must refuse the whole. */
  readonly critical: boolean
  /** DER of what is inside. */
  readonly value: Bytes
}

/** Writes an extension; `critical` is left out where it is false (X.690, 11.5). */
export function derExtension({ oid, critical, value }: DerExtension): Bytes {
  const mark = critical ? [der(derTag.boolean, Uint8Array.of(0xff))] : []
  return der(derTag.sequence, derOid(oid), ...mark, der(derTag.octets, value))
}

/** Reads `SEQUENCE OF Extension`; the same one twice is refused (RFC 5280, 4.2). */
export function readExtensions(element: DerElement): DerExtension[] {
  if (element.tag !== derTag.sequence) throw brokenDer('extensions are expected')
  const read = derChildren(element.value).map(readExtension)
  if (new Set(read.map(({ oid }) => oid)).size !== read.length) throw brokenDer('an extension is there twice')
  return read
}

function readExtension({ tag, value }: DerElement): DerExtension {
  const [oid, ...rest] = tag === derTag.sequence ? derChildren(value) : []
  const mark = rest.length === 2 ? rest.shift() : undefined
  const [octets] = rest
  if (octets?.tag !== derTag.octets || rest.length !== 1) throw brokenDer('an extension holds octets')
  if (mark !== undefined && (mark.tag !== derTag.boolean || mark.value.length !== 1))
    throw brokenDer('an extension is critical or it is not')
  return { oid: readOid(oid), critical: (mark?.value[0] ?? 0) !== 0, value: octets.value }
}

/** Says of each extension what it is; one that is critical and not known here must not be passed over (RFC 5280, 5.2). */
export function knownExtensions(
  element: DerElement | undefined,
  known: readonly string[],
): ReadonlyMap<string, DerExtension> {
  const read = element === undefined ? [] : readExtensions(element)
  const strange = read.find(({ oid, critical }) => critical && !known.includes(oid))
  if (strange !== undefined)
    throw new SectagError('der', `it has a critical extension that is not known: ${strange.oid}`)
  return new Map(read.map((extension) => [extension.oid, extension]))
}

/** The one element that an extension is expected to hold. */
export function extensionValue({ value }: DerExtension, tag: number): DerElement {
  return readWhole(value, tag)
}
