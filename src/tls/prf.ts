import { createHash, createHmac } from 'node:crypto'
import { type Bytes, concatBytes, utf8 } from '../terms/index.ts'
import type { CipherSuite } from './suite.ts'

type Hash = CipherSuite['prf']

/** The pseudo-random function of TLS 1.2 (RFC 5246 §5). */
export function prf(hash: Hash, secret: Uint8Array, label: string, seed: Uint8Array, length: number): Bytes {
  const labelled = concatBytes([utf8(label), seed])
  const hmac = (data: Uint8Array): Buffer => createHmac(hash, secret).update(data).digest()
  const blocks: Uint8Array[] = []
  let a = hmac(labelled)
  for (let made = 0; made < length; made += a.length) {
    blocks.push(hmac(concatBytes([a, labelled])))
    a = hmac(a)
  }
  return concatBytes(blocks).slice(0, length)
}

/** The hash over all handshake messages so far. */
export function transcriptHash(hash: Hash, messages: readonly Uint8Array[]): Bytes {
  const sum = createHash(hash)
  for (const message of messages) sum.update(message)
  return Uint8Array.from(sum.digest())
}

/** What both sides have drawn: 32 bytes each. */
export interface Randoms {
  readonly client: Bytes
  readonly server: Bytes
}

/** The master secret, bound to the whole handshake where both sides have agreed on that (RFC 7627 §4). */
export function masterSecret(hash: Hash, preMaster: Uint8Array, randoms: Randoms, sessionHash?: Uint8Array): Bytes {
  return sessionHash === undefined
    ? prf(hash, preMaster, 'master secret', concatBytes([randoms.client, randoms.server]), 48)
    : prf(hash, preMaster, 'extended master secret', sessionHash, 48)
}

/** The keys of one direction. */
export interface DirectionKeys {
  readonly mac: Bytes
  readonly key: Bytes
  /** The fixed part of GCM's nonce; empty for CBC, which sends its own with each record. */
  readonly iv: Bytes
}

const macBytes = { sha1: 20, sha256: 32, sha384: 48 } as const

/** Both directions' keys, cut from the key block in the order of RFC 5246 §6.3. */
export function directionKeys(
  suite: CipherSuite,
  master: Uint8Array,
  randoms: Randoms,
): { client: DirectionKeys; server: DirectionKeys } {
  const lengths = [suite.mac === undefined ? 0 : macBytes[suite.mac], suite.keyBytes, suite.mac === undefined ? 4 : 0]
  const total = 2 * lengths.reduce((sum, length) => sum + length, 0)
  const block = prf(suite.prf, master, 'key expansion', concatBytes([randoms.server, randoms.client]), total)
  let at = 0
  const pairs = lengths.map((length) => {
    at += 2 * length
    return [block.slice(at - 2 * length, at - length), block.slice(at - length, at)] as const
  })
  const side = (which: 0 | 1): DirectionKeys => ({
    mac: pairs[0]?.[which] ?? new Uint8Array(0),
    key: pairs[1]?.[which] ?? new Uint8Array(0),
    iv: pairs[2]?.[which] ?? new Uint8Array(0),
  })
  return { client: side(0), server: side(1) }
}

/** What a Finished message carries (RFC 5246 §7.4.9). */
export function verifyData(
  hash: Hash,
  master: Uint8Array,
  who: 'client' | 'server',
  messages: readonly Uint8Array[],
): Bytes {
  return prf(hash, master, `${who} finished`, transcriptHash(hash, messages), 12)
}
