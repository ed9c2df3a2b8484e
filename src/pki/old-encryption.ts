import { md5 } from '@noble/hashes/legacy.js'
import { type Bytes, concatBytes, fromHex, type Outcome, ok, refused, type Secret } from '../terms/index.ts'
import type { EncryptedKeyProblem } from './encrypted-key.ts'
import type { PemBlock } from './pem.ts'

const ciphers: Readonly<Record<string, number>> = { 'AES-128-CBC': 16, 'AES-256-CBC': 32 }

/**
 * Opens a key that was encrypted in the old way (RFC 1421; `openssl ec -aes256`, and step-ca for its own keys). It is only
 * read: one round of MD5 keeps nobody from trying passphrases, so what is kept of it is encrypted anew.
 */
export async function openOldEncryption(
  block: PemBlock,
  passphrase: Secret,
): Promise<Outcome<PemBlock, EncryptedKeyProblem>> {
  const [, cipher = '', digits = ''] = /^([\w-]+),([0-9a-f]{32})$/i.exec(block.encryption ?? '') ?? []
  const length = ciphers[cipher.toUpperCase()]
  if (length === undefined) {
    const text = `the ${block.label} is encrypted by ${cipher || 'something else than AES-CBC'}`
    return refused({ code: 'unsupported-encryption', text })
  }
  const iv = fromHex(digits)
  try {
    const key = await crypto.subtle.importKey('raw', derive(passphrase, iv, length), 'AES-CBC', false, ['decrypt'])
    const opened = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, block.der))
    return ok({ label: block.label, der: opened, line: block.line, headers: false })
  } catch {
    return refused({ code: 'wrong-passphrase', text: 'the passphrase does not open it' })
  }
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round; the salt is the first half of the initialisation vector. */
function derive(passphrase: Secret, iv: Bytes, length: number): Bytes {
  let [key, last] = [new Uint8Array(), new Uint8Array()]
  while (key.length < length) {
    last = Uint8Array.from(md5(concatBytes([last, passphrase.reveal(), iv.subarray(0, 8)])))
    key = concatBytes([key, last])
  }
  return key.slice(0, length)
}
