import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { type Bytes, concatBytes, sameBytes } from '../terms/index.ts'
import { uint } from './cursor.ts'
import type { DirectionKeys } from './prf.ts'
import { tls12 } from './record.ts'
import type { CipherSuite } from './suite.ts'

/** Seals and opens the records of one direction. `open` gives nothing where the record was not made with our keys. */
export interface RecordCipher {
  seal(sequence: number, type: number, plain: Uint8Array): Bytes
  open(sequence: number, type: number, sealed: Uint8Array): Bytes | undefined
}

/** The cipher of a suite with one direction's keys. */
export function recordCipher(suite: CipherSuite, keys: DirectionKeys): RecordCipher {
  return suite.mac === undefined ? gcm(suite, keys) : cbc(suite, suite.mac, keys)
}

/** What the MAC covers besides the text (RFC 5246 §6.2.3.1): sequence number, type, version, length. */
function header(sequence: number, type: number, length: number): Bytes {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, BigInt(sequence))
  return concatBytes([number, uint(type, 1), uint(tls12, 2), uint(length, 2)])
}

const block = 16

/** MAC, then padding, then encryption with an IV of its own for each record (RFC 5246 §6.2.3.2). */
function cbc(suite: CipherSuite, hash: string, keys: DirectionKeys): RecordCipher {
  const mac = (sequence: number, type: number, plain: Uint8Array): Buffer =>
    createHmac(hash, keys.mac)
      .update(header(sequence, type, plain.length))
      .update(plain)
      .digest()
  const macLength = keys.mac.length
  return {
    seal(sequence, type, plain) {
      const text = concatBytes([plain, mac(sequence, type, plain)])
      const padding = block - (text.length % block)
      const iv = randomBytes(block)
      const cipher = createCipheriv(suite.cipher, keys.key, iv).setAutoPadding(false)
      const padded = concatBytes([text, new Uint8Array(padding).fill(padding - 1)])
      return concatBytes([iv, cipher.update(padded), cipher.final()])
    },
    open(sequence, type, sealed) {
      if (sealed.length % block !== 0 || sealed.length < 2 * block) return undefined
      const cipher = createDecipheriv(suite.cipher, keys.key, sealed.subarray(0, block)).setAutoPadding(false)
      const padded = concatBytes([cipher.update(sealed.subarray(block)), cipher.final()])
      const padding = padded.at(-1) ?? 0
      const end = padded.length - padding - 1 - macLength
      // No care for timing: this protects nothing.
      if (end < 0 || !padded.subarray(-padding - 1).every((byte) => byte === padding)) return undefined
      const plain = padded.slice(0, end)
      return sameBytes(mac(sequence, type, plain), padded.subarray(end, end + macLength)) ? plain : undefined
    },
  }
}

const tagLength = 16
const explicitNonce = 8

/** RFC 5288: the nonce is four secret bytes and eight that stand in front of the record. */
function gcm(suite: CipherSuite, keys: DirectionKeys): RecordCipher {
  const name = suite.cipher === 'aes-128-gcm' ? 'aes-128-gcm' : 'aes-256-gcm'
  return {
    seal(sequence, type, plain) {
      const nonce = header(sequence, type, 0).subarray(0, explicitNonce)
      const cipher = createCipheriv(name, keys.key, concatBytes([keys.iv, nonce]))
      cipher.setAAD(header(sequence, type, plain.length))
      return concatBytes([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(sequence, type, sealed) {
      const length = sealed.length - explicitNonce - tagLength
      if (length < 0) return undefined
      const cipher = createDecipheriv(name, keys.key, concatBytes([keys.iv, sealed.subarray(0, explicitNonce)]))
      cipher.setAAD(header(sequence, type, length)).setAuthTag(sealed.subarray(-tagLength))
      try {
        return concatBytes([cipher.update(sealed.subarray(explicitNonce, -tagLength)), cipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
