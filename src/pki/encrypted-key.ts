import { type Bytes, type Outcome, ok, type Random, refused, type Secret } from '../terms/index.ts'
import { type DerElement, der, derChildren, derTag, readWhole } from './der.ts'
import { derInteger, derOid, readOid, readUnsigned } from './der-values.ts'
import { oids } from './oids.ts'
import { armour, parsePem } from './pem.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'

/** Why an encrypted key cannot be opened. */
export interface EncryptedKeyProblem {
  readonly code: 'wrong-passphrase' | 'unsupported-encryption' | 'broken'
  readonly text: string
}

/** How a key is encrypted: what stands in the file beside the key itself. */
interface Encryption {
  readonly salt: Bytes
  readonly iterations: number
  readonly hash: 'SHA-256' | 'SHA-512'
  readonly length: 128 | 256
  readonly iv: Bytes
}

/** Rounds of PBKDF2 for keys that are written here: what OWASP's password storage sheet asks of HMAC-SHA-256. */
const iterations = 600_000
/** A file that asks for more is refused: it would only keep us busy. */
const mostIterations = 5_000_000

/** The label of an encrypted PKCS#8 key. */
export const encryptedLabel = 'ENCRYPTED PRIVATE KEY'
const label = encryptedLabel
const hashes: Record<string, Encryption['hash']> = {
  [oids.hmacWithSha256]: 'SHA-256',
  [oids.hmacWithSha512]: 'SHA-512',
}
const lengths: Record<string, Encryption['length']> = { [oids.aes128Cbc]: 128, [oids.aes256Cbc]: 256 }

/** Encrypted PKCS#8 as PEM: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018), which `openssl pkey` opens. */
export async function encryptKey(key: PrivateKey, passphrase: Secret, random: Random): Promise<string> {
  const how: Encryption = { salt: random.bytes(16), iterations, hash: 'SHA-256', length: 256, iv: random.bytes(16) }
  const cipher = await cipherKey(passphrase, how, 'encrypt')
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: how.iv }, cipher, key.pkcs8))
  return armour({ label, der: der(derTag.sequence, writeEncryption(how), der(derTag.octets, sealed)) })
}

/** Opens what {@link encryptKey} and OpenSSL write. A wrong passphrase is a value, and no text quotes it. */
export async function decryptKey(pem: string, passphrase: Secret): Promise<Outcome<PrivateKey, EncryptedKeyProblem>> {
  const block = parsePem(pem).blocks.find((candidate) => candidate.label === label)
  if (block === undefined) return no('broken', `there is no ${label} in it`)
  const read = readEncrypted(block.der)
  if ('code' in read) return refused(read)
  try {
    const cipher = await cipherKey(passphrase, read.how, 'decrypt')
    const pkcs8 = await crypto.subtle.decrypt({ name: 'AES-CBC', iv: read.how.iv }, cipher, read.sealed)
    const key = readPrivateKey([{ label: 'PRIVATE KEY', der: new Uint8Array(pkcs8), line: 1, headers: false }])
    // Of 256 wrong passphrases one gives a padding that looks right, and then no key.
    return 'code' in key ? no('wrong-passphrase', 'the passphrase does not open it') : ok(key)
  } catch {
    return no('wrong-passphrase', 'the passphrase does not open it')
  }
}

function no(code: EncryptedKeyProblem['code'], text: string): { ok: false; refusal: EncryptedKeyProblem } {
  return refused({ code, text })
}

async function cipherKey(
  passphrase: Secret,
  { salt, iterations, hash, length }: Encryption,
  usage: 'encrypt' | 'decrypt',
): ReturnType<typeof crypto.subtle.deriveKey> {
  const words = await crypto.subtle.importKey('raw', passphrase.reveal(), 'PBKDF2', false, ['deriveKey'])
  const derivation = { name: 'PBKDF2', salt, iterations, hash }
  return crypto.subtle.deriveKey(derivation, words, { name: 'AES-CBC', length }, false, [usage])
}

/** RFC 8018, A.2 and A.4: PBES2-params with PBKDF2-params inside. */
function writeEncryption(how: Encryption): Bytes {
  const prf = der(derTag.sequence, derOid(oids.hmacWithSha256), der(derTag.null))
  const derivation = der(derTag.sequence, der(derTag.octets, how.salt), derInteger(how.iterations), prf)
  return der(
    derTag.sequence,
    derOid(oids.pbes2),
    der(
      derTag.sequence,
      der(derTag.sequence, derOid(oids.pbkdf2), derivation),
      der(derTag.sequence, derOid(oids.aes256Cbc), der(derTag.octets, how.iv)),
    ),
  )
}

function readEncrypted(bytes: Bytes): { how: Encryption; sealed: Bytes } | EncryptedKeyProblem {
  try {
    const [algorithm, sealed] = derChildren(readWhole(bytes, derTag.sequence).value)
    const [scheme, parameters] = inside(algorithm)
    const [derivation, cipher] = inside(parameters)
    const how = readOid(scheme) === oids.pbes2 ? readEncryption(inside(derivation), inside(cipher)) : undefined
    if (how === undefined || sealed?.tag !== derTag.octets) {
      return { code: 'unsupported-encryption', text: 'it is not encrypted by PBES2 with PBKDF2-HMAC-SHA-2 and AES-CBC' }
    }
    return { how, sealed: sealed.value }
  } catch {
    return { code: 'broken', text: `the ${label} is broken` }
  }
}

function readEncryption(derivation: DerElement[], cipher: DerElement[]): Encryption | undefined {
  const [kdf, parameters] = derivation
  const [salt, rounds, ...more] = inside(parameters)
  // The length of the key may stand in front of the hash; without a hash it would be SHA-1 (RFC 8018, A.2).
  const prf = more.find((element) => element.tag === derTag.sequence)
  const hash = prf === undefined ? undefined : hashes[readOid(inside(prf)[0])]
  const [cipherName, iv] = cipher
  const length = lengths[readOid(cipherName)]
  if (readOid(kdf) !== oids.pbkdf2 || hash === undefined || length === undefined) return undefined
  const iterations = Number.parseInt(Array.from(readUnsigned(rounds), hexOctet).join(''), 16)
  if (iterations < 1 || iterations > mostIterations || salt?.tag !== derTag.octets || iv?.value.length !== 16)
    return undefined
  return { salt: salt.value, iterations, hash, length, iv: iv.value }
}

function inside(element: DerElement | undefined): DerElement[] {
  return derChildren(element?.value ?? new Uint8Array())
}

function hexOctet(octet: number): string {
  return octet.toString(16).padStart(2, '0')
}
