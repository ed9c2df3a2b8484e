import { resolve } from 'node:path'
import { armour, type CertificateDetails, openKey, parsePem, type PrivateKey } from '../../pki/index.ts'
import { certificatesOf } from '../../plan/index.ts'
import { byteText, type Outcome, ok, refused, Secret, utf8 } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { readFile } from '../read-file.ts'
import { shellWord } from '../shell-word.ts'
import { wrong } from './endings.ts'
import type { World } from './world.ts'

/** What files that are to be imported hold. */
export interface ImportedFiles {
  readonly certificates: readonly { readonly file: string; readonly details: CertificateDetails }[]
  /** Files with a private key in them, and the key where it was asked for. */
  readonly keys: readonly { readonly file: string; readonly key?: PrivateKey }[]
}

/**
 * Reads all of the files or none. Whatever is printed from here on is struck of the private keys in them.
 *
 * @param words what encrypted keys are opened with; without it, no key is opened
 */
export async function readImported(
  { context, output }: World,
  names: readonly string[],
  words: Secret | undefined,
): Promise<Outcome<ImportedFiles, Ending>> {
  const certificates: { file: string; details: CertificateDetails }[] = []
  const keys: { file: string; key?: PrivateKey }[] = []
  for (const file of names) {
    const content = readFile(resolve(context.cwd, file), file)
    if (!(content instanceof Uint8Array))
      return no(content.text, 'no such file is there for us', `ls -l ${shellWord(file)}`)
    const { chain, unreadable } = certificatesOf(content)
    const text = content[0] === 0x30 ? '' : byteText(content)
    const blocks = parsePem(text).blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'))
    for (const block of blocks) output.know(new Secret(utf8(armour(block))))
    const next = `sectag cert lint ${shellWord(file)}`
    if (unreadable.length > 0)
      return no(`${file} holds a certificate that cannot be read`, 'it was cut or changed', next)
    if (chain.length + blocks.length === 0) return no(`${file} holds no certificate`, 'another file was named', next)
    certificates.push(...chain.map((details) => ({ file, details })))
    if (blocks.length === 0) continue
    const key = words === undefined ? undefined : await openKey(text, words)
    if (key?.ok === false) {
      const why = 'with --keep-key, every key that is there must be kept'
      return no(`the key in ${file} cannot be used: ${key.refusal.text}`, why, 'repeat with --key-passphrase-file FILE')
    }
    keys.push({ file, ...(key !== undefined && { key: key.value }) })
  }
  const [first = ''] = names
  if (certificates.length === 0)
    return no(
      `${names.join(', ')}: no certificate is in it`,
      'a key says not whose it is',
      `sectag ca import --issued ${shellWord(first)} --issued FILE.crt`,
    )
  return ok({ certificates, keys })
}

function no(what: string, why: string, next: string): { ok: false; refusal: Ending } {
  return refused(wrong(what, why, next))
}
