import { p256 } from '@noble/curves/nist.js'
import {
  armour,
  der,
  derBits,
  derChildren,
  derInteger,
  derOid,
  derTag,
  parsePem,
  readDer,
  readPrivateKey,
} from '../pki/index.ts'
import { type Bytes, byteText, type Random, seededRandom, utf8 } from '../terms/index.ts'

/** A P-256 key inside a modem (KEY-12). */
export interface DeviceKey {
  /** 32 octets. */
  readonly secret: Bytes
  /** DER of its SubjectPublicKeyInfo (RFC 5480, 2). */
  readonly spki: Bytes
}

const ecP256 = der(derTag.sequence, derOid('1.2.840.10045.2.1'), derOid('1.2.840.10045.3.1.7'))

function keyOf(secret: Uint8Array): DeviceKey {
  const point = p256.getPublicKey(secret, false)
  return { secret: Uint8Array.from(secret), spki: der(derTag.sequence, ecP256, derBits(point)) }
}

/** A new key. */
export function newDeviceKey(random: Random): DeviceKey {
  return keyOf(p256.utils.randomSecretKey(random.bytes(48)))
}

/** The key that this modem left the factory with: no command reads, replaces or deletes it (KEY-33, CMNG-94). */
export function identityKey(seed: string): DeviceKey {
  return newDeviceKey(seededRandom(`${seed}/identity key`))
}

/** ES256 over these octets: r and s, 64 octets; the same octets have the same signature (RFC 6979). */
export function signWith(key: DeviceKey, octets: Bytes): Bytes {
  return Uint8Array.from(p256.sign(octets, key.secret, { lowS: false }))
}

/** The key as PKCS#8 PEM text (RFC 5958, RFC 5915), which is how the store keeps it. */
export function keyText(key: DeviceKey): Bytes {
  const inner = der(derTag.sequence, derInteger(1), der(derTag.octets, key.secret))
  const pkcs8 = der(derTag.sequence, derInteger(0), ecP256, der(derTag.octets, inner))
  return utf8(armour({ label: 'PRIVATE KEY', der: pkcs8 }))
}

/** The key of a stored text, born or written; undefined where it is no P-256 key that can be read. */
export function storedDeviceKey(content: Bytes): DeviceKey | undefined {
  const read = readPrivateKey(parsePem(byteText(content)).blocks)
  if (!('pkcs8' in read) || read.algorithm.kind !== 'EC' || read.algorithm.curve !== 'P-256') return undefined
  try {
    const [, , inner] = derChildren(readDer(read.pkcs8).value)
    const [, secret] = derChildren(readDer(inner?.value ?? new Uint8Array()).value)
    return secret === undefined ? undefined : keyOf(secret.value)
  } catch {
    return undefined
  }
}
