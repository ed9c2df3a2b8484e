import 'reflect-metadata'
import { type Bytes, hex, type Instant, type Outcome, ok, refused, SectagError } from '../terms/index.ts'
import { brokenDer, type DerElement, derChildren, derTag, readWhole } from './der.ts'
import { readOid, readTime, readUnsigned } from './der-values.ts'
import { type CrlScope, readScope } from './distribution-point.ts'
import { type DerExtension, extensionValue, knownExtensions } from './extension.ts'
import { nameText } from './name.ts'
import { oids } from './oids.ts'
import { armour, parsePem } from './pem.ts'
import { serialKey } from './serial.ts'
import { readSigned, type Signed } from './signed.ts'

/** A list of certificates that are valid no more (RFC 5280, 5), as far as this project looks at it. Its signature is not verified yet. */
export interface Crl {
  /** As `Certificate.subject` has it. */
  readonly issuer: string
  /** Which key of the issuer signed it, lower-case hexadecimal. */
  readonly keyId?: string
  /** Counts up with each list. */
  readonly number?: bigint
  readonly thisUpdate: Instant
  /** From then on brokers refuse everybody. */
  readonly nextUpdate?: Instant
  /** When each was revoked, by serial number as {@link serialKey} writes it. */
  readonly entries: ReadonlyMap<string, Instant>
  /** Its issuing distribution point; undefined where it has none. */
  readonly scope?: CrlScope
  readonly signed: Signed
  readonly der: Bytes
  readonly pem: string
}

/** Text that is no CRL, or one that must not be taken for whole. */
export interface CrlProblem {
  readonly code: 'no-crl' | 'several' | 'broken' | 'too-long'
  readonly text: string
}

/** Characters of the longest text that is read: some three hundred thousand entries. */
const longest = 16 * 2 ** 20
const label = 'X509 CRL'

/** Reads the one CRL in a PEM text. */
export function readCrl(text: string): Outcome<Crl, CrlProblem> {
  if (text.length > longest) return no('too-long', 'it is longer than 16 MiB')
  const { blocks, problems } = parsePem(text)
  const [block, ...more] = blocks.filter((candidate) => candidate.label === label)
  const [problem] = problems
  if (more.length > 0) return no('several', 'there are several CRLs in it')
  if (block === undefined)
    return no('no-crl', problem === undefined ? `it holds no ${label}` : `line ${problem.line}: ${problem.text}`)
  try {
    return ok(readDerCrl(block.der))
  } catch (error) {
    const why = error instanceof SectagError ? error.message : 'its issuer is no name'
    return no('broken', `the ${label} in line ${block.line} cannot be used: ${why}`)
  }
}

function no(code: CrlProblem['code'], text: string): { ok: false; refusal: CrlProblem } {
  return refused({ code, text })
}

/** RFC 5280, 5.1.2: version, signature, issuer, thisUpdate, nextUpdate, entries, extensions; the last three may be absent. */
function readDerCrl(der: Bytes): Crl {
  const signed = readSigned(der)
  const info = readWhole(signed.body, derTag.sequence).value
  const [version, algorithm, issuer, thisUpdate, ...rest] = derChildren(info)
  if (version === undefined || readUnsigned(version)[0] !== 1) throw brokenDer('a CRL of version 2 is expected')
  // RFC 5280, 5.1.1.2: what was signed says how it was signed.
  if (algorithm === undefined || readOid(derChildren(algorithm.value)[0]) !== signed.algorithm)
    throw brokenDer('it names two algorithms')
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined
  const entries = rest[0]?.tag === derTag.sequence ? rest.shift() : undefined
  const extensions = rest.shift()
  if (rest.length > 0 || (extensions !== undefined && extensions.tag !== 0xa0)) throw brokenDer('a part too many')
  return {
    issuer: nameText(info.slice(algorithm.end, issuer?.end)),
    thisUpdate: readTime(thisUpdate),
    ...(nextUpdate !== undefined && { nextUpdate: readTime(nextUpdate) }),
    entries: readEntries(entries),
    ...readListExtensions(extensions),
    signed,
    der,
    pem: armour({ label, der }),
  }
}

function isTime(element: DerElement | undefined): boolean {
  return element?.tag === derTag.utcTime || element?.tag === derTag.generalizedTime
}

function readEntries(element: DerElement | undefined): ReadonlyMap<string, Instant> {
  const entries = new Map<string, Instant>()
  for (const { tag, value } of element === undefined ? [] : derChildren(element.value)) {
    const [serial, at, extensions, ...more] = tag === derTag.sequence ? derChildren(value) : []
    if (more.length > 0) throw brokenDer('an entry has a part too many')
    // RFC 5280, 5.3: an entry of another issuer (5.3.3) is critical, and not for us.
    const known = knownExtensions(extensions, [oids.reasonCode])
    const reason = known.get(oids.reasonCode)
    // RFC 5280, 5.3.1: this one takes back what another list says; a whole list has none.
    if (reason !== undefined && extensionValue(reason, derTag.enumerated).value[0] === 8)
      throw brokenDer('an entry takes back another')
    entries.set(serialKey(hex(readUnsigned(serial))), readTime(at))
  }
  return entries
}

const ours = [oids.authorityKeyIdentifier, oids.crlNumber, oids.issuingDistributionPoint]

function readListExtensions(element: DerElement | undefined): Pick<Crl, 'keyId' | 'number' | 'scope'> {
  const known = knownExtensions(element === undefined ? undefined : readWhole(element.value, derTag.sequence), ours)
  const [key, number, point] = ours.map((oid) => known.get(oid))
  const keyId = key === undefined ? undefined : readKeyId(key)
  return {
    ...(keyId !== undefined && { keyId }),
    ...(number !== undefined && { number: BigInt(`0x${hex(readUnsigned(extensionValue(number, derTag.integer)))}`) }),
    ...(point !== undefined && { scope: readScope(point) }),
  }
}

/** RFC 5280, 5.2.1 */
function readKeyId(extension: DerExtension): string | undefined {
  const parts = derChildren(extensionValue(extension, derTag.sequence).value)
  const id = parts.find(({ tag }) => tag === 0x80)
  return id === undefined ? undefined : hex(id.value)
}
