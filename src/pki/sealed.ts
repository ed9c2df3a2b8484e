import { sha256 } from '@noble/hashes/sha2.js'
import {
  byteText,
  type Bytes,
  bytesOf,
  fromHex,
  hex,
  type Outcome,
  ok,
  type Random,
  refused,
  sameBytes,
  type Secret,
  utf8,
} from '../terms/index.ts'

/** What stands in the clear in front of something sealed. It can be read by everybody and changed by nobody. */
export type SealedHeader = Readonly<Record<string, string | number>>

/** Why something sealed cannot be opened. */
export interface SealedProblem {
  readonly code: 'not-sealed' | 'unsupported' | 'wrong-passphrase' | 'changed'
  readonly text: string
}

/** Rounds of PBKDF2: what OWASP's password storage sheet asks of HMAC-SHA-512. */
const iterations = 210_000
/** A file that asks for more is refused: it would only keep us busy. */
const mostIterations = 5_000_000
const [kdf, cipher, version] = ['PBKDF2-HMAC-SHA-512', 'AES-256-GCM', 1] as const

/**
 * Seals bytes with a passphrase: a line of JSON that says how, then base64. AES-256-GCM under a key by PBKDF2 (RFC 8018, 5.2;
 * NIST SP 800-38D), which covers the first line as well.
 */
export async function seal(plain: Bytes, passphrase: Secret, about: SealedHeader, random: Random): Promise<string> {
  const [salt, iv] = [random.bytes(16), random.bytes(12)]
  const { key, check } = await derive(passphrase, salt, iterations)
  const header = { ...about, version, kdf, iterations, salt: hex(salt), check, cipher, iv: hex(iv) }
  const line = JSON.stringify(header)
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(line) }
  const closed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain))
  return `${line}\n${base64Lines(closed)}`
}

/** Opens what {@link seal} made, and says what stands in front of it. A wrong passphrase and a changed file are told apart. */
export async function openSealed(
  text: string,
  passphrase: Secret,
): Promise<Outcome<{ readonly about: SealedHeader; readonly plain: Bytes }, SealedProblem>> {
  const end = text.indexOf('\n')
  const line = text.slice(0, Math.max(0, end))
  const about = readHeader(line)
  if (about === undefined) return no('not-sealed', 'its first line does not say how it is sealed')
  const how = readHow(about)
  if (how === undefined) return no('unsupported', `it is not sealed by ${kdf} and ${cipher}`)
  const { key, check } = await derive(passphrase, how.salt, how.rounds)
  if (!sameBytes(utf8(check), utf8(String(about['check']))))
    return no('wrong-passphrase', 'the passphrase does not open it')
  try {
    const algorithm = { name: 'AES-GCM', iv: how.iv, additionalData: utf8(line) }
    const closed = bytesOf(atob(text.slice(end + 1).replaceAll(/\s/g, '')))
    return ok({ about, plain: new Uint8Array(await crypto.subtle.decrypt(algorithm, key, closed)) })
  } catch {
    return no('changed', 'the passphrase is right, and what it opens was changed or cut')
  }
}

function no(code: SealedProblem['code'], text: string): { ok: false; refusal: SealedProblem } {
  return refused({ code, text })
}

/** The key, and eight octets that tell a wrong passphrase from a changed file: of the other half of what is derived, hashed. */
async function derive(passphrase: Secret, salt: Bytes, iterations: number) {
  const words = await crypto.subtle.importKey('raw', passphrase.reveal(), 'PBKDF2', false, ['deriveBits'])
  const derivation = { name: 'PBKDF2', salt, iterations, hash: 'SHA-512' }
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, words, 512))
  const key = await crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { key, check: hex(sha256(bits.slice(32)).slice(0, 8)) }
}

function readHeader(line: string): SealedHeader | undefined {
  try {
    const read: unknown = line.length > 4096 ? undefined : JSON.parse(line)
    return typeof read === 'object' && read !== null && 'kdf' in read ? (read as SealedHeader) : undefined
  } catch {
    return undefined
  }
}

function readHow(about: SealedHeader): { salt: Bytes; iv: Bytes; rounds: number } | undefined {
  const rounds = Number(about['iterations'])
  const known = about['version'] === version && about['kdf'] === kdf && about['cipher'] === cipher
  const fits = Number.isInteger(rounds) && rounds >= 1 && rounds <= mostIterations
  const [salt, iv] = [String(about['salt']), String(about['iv'])]
  if (!known || !fits || !/^[0-9a-f]{32}$/.test(salt) || !/^[0-9a-f]{24}$/.test(iv)) return undefined
  return { salt: fromHex(salt), iv: fromHex(iv), rounds }
}

function base64Lines(bytes: Bytes): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 57) lines.push(btoa(byteText(bytes.subarray(at, at + 57))))
  return `${lines.join('\n')}\n`
}
