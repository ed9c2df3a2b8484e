import { type Outcome, ok, refused, type Secret } from '../terms/index.ts'
import { decryptKey, encryptedLabel } from './encrypted-key.ts'
import { openOldEncryption } from './old-encryption.ts'
import { armour, parsePem } from './pem.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'

/** Why a key file cannot be used. `no-passphrase`: it is encrypted, and none was given. */
export interface OpenKeyProblem {
  readonly code: 'no-key' | 'no-passphrase' | 'wrong-passphrase' | 'unsupported'
  readonly text: string
}

/** Reads the one private key in a PEM text: plain, as encrypted PKCS#8, or encrypted in the old way. No text quotes it. */
export async function openKey(pem: string, passphrase?: Secret): Promise<Outcome<PrivateKey, OpenKeyProblem>> {
  const { blocks } = parsePem(pem)
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'))
  const [block] = keys
  if (block === undefined) return no('no-key', 'there is no private key in it')
  if (keys.length > 1) return no('no-key', 'there are several private keys in it')
  if (block.label !== encryptedLabel && !block.headers) return readOpen(readPrivateKey(blocks))
  if (passphrase === undefined) return no('no-passphrase', 'it is encrypted')
  if (block.label === encryptedLabel) {
    const opened = await decryptKey(armour(block), passphrase)
    return opened.ok ? opened : closed(opened.refusal)
  }
  const opened = await openOldEncryption(block, passphrase)
  if (!opened.ok) return closed(opened.refusal)
  const read = readPrivateKey([opened.value])
  // Of 256 wrong passphrases one gives a padding that looks right, and then no key.
  return 'code' in read && read.code === 'broken'
    ? no('wrong-passphrase', 'the passphrase does not open it')
    : readOpen(read)
}

function no(code: OpenKeyProblem['code'], text: string): { ok: false; refusal: OpenKeyProblem } {
  return refused({ code, text })
}

function readOpen(read: ReturnType<typeof readPrivateKey>): Outcome<PrivateKey, OpenKeyProblem> {
  return 'code' in read ? no('unsupported', read.text) : ok(read)
}

function closed({ code, text }: { readonly code: string; readonly text: string }) {
  return code === 'wrong-passphrase' ? no(code, text) : no('unsupported', text)
}
