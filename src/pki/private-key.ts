import { type Bytes, hex } from '../terms/index.ts'
import { type DerElement, der, derChildren, derTag, readDer } from './der.ts'
import type { PemBlock } from './pem.ts'

/** The kinds of key that WebCrypto and the modem share. */
export type KeyKind = { readonly kind: 'EC'; readonly curve: 'P-256' | 'P-384' | 'P-521' } | { readonly kind: 'RSA' }

/** A private key ready for WebCrypto. Its DER is a secret like the file it came from. */
export interface PrivateKey {
  readonly algorithm: KeyKind
  readonly pkcs8: Bytes
}

/** Why a key cannot be used here; `next` is what would make it usable. */
export interface KeyProblem {
  readonly code: 'encrypted' | 'unknown-kind' | 'broken' | 'no-key' | 'several'
  readonly text: string
  readonly next: string
}

const ecOid = '2a8648ce3d0201'
const rsaOid = '2a864886f70d010101'
const curves: Record<string, 'P-256' | 'P-384' | 'P-521'> = {
  '2a8648ce3d030107': 'P-256',
  '2b81040022': 'P-384',
  '2b81040023': 'P-521',
}
const toPkcs8 =
  'openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY.plain   # name that file, and when it is written: shred -u KEY.plain'

/** The private key among PEM blocks, as PKCS#8 (RFC 5958), SEC 1 (RFC 5915) or PKCS#1 (RFC 8017). */
export function readPrivateKey(blocks: readonly PemBlock[]): PrivateKey | KeyProblem {
  const keys = blocks.filter((block) => block.label.endsWith('PRIVATE KEY'))
  const [block] = keys
  if (block === undefined) return { code: 'no-key', text: 'there is no private key in it', next: 'name the key file' }
  if (keys.length > 1) return { code: 'several', text: 'there are several private keys in it', next: 'keep one' }
  if (block.headers || block.label === 'ENCRYPTED PRIVATE KEY') {
    return { code: 'encrypted', text: 'the key is encrypted', next: toPkcs8 }
  }
  try {
    return fromDer(block, blocks)
  } catch {
    return { code: 'broken', text: `the ${block.label} is broken`, next: 'openssl pkey -in KEY -noout -text' }
  }
}

function fromDer(block: PemBlock, blocks: readonly PemBlock[]): PrivateKey | KeyProblem {
  if (block.label === 'PRIVATE KEY') return fromPkcs8(block.der)
  if (block.label === 'EC PRIVATE KEY') return fromSec1(block.der, blocks)
  if (block.label === 'RSA PRIVATE KEY') return wrapped(rsaOid, der(derTag.null), block.der)
  return unknownKind(block.label)
}

function fromPkcs8(bytes: Bytes): PrivateKey | KeyProblem {
  const [, algorithm] = derChildren(readDer(bytes).value)
  const [oid, parameters] = derChildren(algorithm?.value ?? new Uint8Array())
  const kind = keyKind(oid, parameters)
  return kind === undefined ? unknownKind(hex(oid?.value ?? new Uint8Array())) : { algorithm: kind, pkcs8: bytes }
}

/** `openssl ecparam -genkey` puts the curve into a block of its own in front; usually it is inside as well. */
function fromSec1(bytes: Bytes, blocks: readonly PemBlock[]): PrivateKey | KeyProblem {
  const inside = derChildren(readDer(bytes).value).find((element) => element.tag === 0xa0)?.value
  const curve = inside ?? blocks.find((block) => block.label === 'EC PARAMETERS')?.der
  if (curve === undefined) return unknownKind('a key without its curve')
  return wrapped(ecOid, curve, bytes)
}

function wrapped(oid: string, parameters: Bytes, key: Bytes): PrivateKey | KeyProblem {
  const name = der(
    derTag.oid,
    Uint8Array.from(oid.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
  )
  const version = der(derTag.integer, Uint8Array.of(0))
  return fromPkcs8(der(derTag.sequence, version, der(derTag.sequence, name, parameters), der(derTag.octets, key)))
}

function keyKind(oid: DerElement | undefined, parameters: DerElement | undefined): KeyKind | undefined {
  const name = hex(oid?.value ?? new Uint8Array())
  if (name === rsaOid) return { kind: 'RSA' }
  const curve = curves[hex(parameters?.value ?? new Uint8Array())]
  return name === ecOid && curve !== undefined ? { kind: 'EC', curve } : undefined
}

function unknownKind(what: string): KeyProblem {
  return {
    code: 'unknown-kind',
    text: `the kind of key is not known to work in a modem (${what})`,
    next: 'openssl ecparam -name prime256v1 -genkey -noout -out KEY.new',
  }
}
