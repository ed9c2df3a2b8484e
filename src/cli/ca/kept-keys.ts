import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { encryptKey, keyFits, serialKey } from '../../pki/index.ts'
import { hex, type Secret } from '../../terms/index.ts'
import { putNewFiles, syncFolder } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { wrong } from './endings.ts'
import type { ImportedFiles } from './imported-files.ts'
import type { World } from './world.ts'

/** Where imported private keys are kept, each under the serial number of its certificate. */
function keysFolder(folder: string): string {
  return join(folder, 'keys')
}

/** Keeps the keys of imported certificates, encrypted with the passphrase of the authority. Throws what the system throws. */
export async function keepKeys(
  { context, output }: World,
  folder: string,
  { certificates, keys }: ImportedFiles,
  passphrase: Secret,
): Promise<Ending | undefined> {
  const wanted: { path: string; text: string; mode: number }[] = []
  for (const { file, key } of keys) {
    if (key === undefined) continue
    const fitting = []
    for (const { details } of certificates)
      if (await keyFits(key, details.certificate)) fitting.push(details.certificate)
    const [owner] = fitting
    if (owner === undefined)
      return wrong(
        `the key in ${file} fits none of the certificates`,
        'likely: it is of another board',
        'name its certificate too',
      )
    const path = join(keysFolder(folder), `${serialKey(owner.serial)}.key`)
    if (existsSync(path)) continue
    wanted.push({ path, text: await encryptKey(key, passphrase, context.random), mode: 0o600 })
  }
  if (wanted.length === 0) return undefined
  if (!existsSync(keysFolder(folder))) mkdirSync(keysFolder(folder), { mode: 0o700 })
  syncFolder(folder)
  putNewFiles(wanted, hex(context.random.bytes(4)))
  output.say(`${wanted.length} private keys were kept in ${keysFolder(folder)}, encrypted.`)
  return undefined
}
