import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { openSealed, parsePem, readCertificate, seal } from '../../pki/index.ts'
import { hex, isoTime, SectagError } from '../../terms/index.ts'
import { putNewFiles } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import type { CaAction, CaOptions } from './action.ts'
import { folderContent, writeContent } from './backup-content.ts'
import { wrong } from './endings.ts'
import { openHomeAuthority } from './open.ts'
import { readPassphrase } from './passphrase.ts'
import { readRegister } from './register.ts'
import { readRevocations } from './revocations.ts'
import { checkPlaces } from './wish.ts'
import type { World } from './world.ts'

/** `sectag ca backup FILE`: the whole authority in one sealed file, under the passphrase that it has. */
export const backupAction: CaAction = {
  name: 'backup',
  explained:
    'seals the whole authority into FILE: keys, register, revocations; under its passphrase, which it tries first',
  options: ['file', 'passphraseFile'],
  run: backup,
}

async function backup(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const { file } = options
  if (file === undefined) return wrong('no file was named', 'the backup must go somewhere', 'sectag ca backup FILE')
  const place = checkPlaces(context.cwd, file, undefined)
  if (!place.ok) return place.refusal
  const home = await openHomeAuthority(world, options)
  if (!home.ok) return home.refusal
  const passphrase = readPassphrase(world, options)
  if (!passphrase.ok) return passphrase.refusal
  const { folder, authority } = home.value
  const made = isoTime(context.clock.now())
  const [issuing] = parsePem(authority.issuingPem).blocks
  const fingerprint = issuing === undefined ? '' : readCertificate(issuing.der).fingerprint
  const counts = { issued: readRegister(folder).entries.length, revoked: readRevocations(folder).entries.length }
  try {
    const plain = writeContent(folderContent(folder))
    const text = await seal(plain, passphrase.value, { sectag: 'backup', made, issuing: fingerprint }, context.random)
    putNewFiles([{ path: place.value.out, text, mode: 0o600 }], hex(context.random.bytes(4)))
    // A backup that cannot be opened is found out now and not in ten years.
    const again = await openSealed(readFileSync(place.value.out, 'latin1'), passphrase.value)
    if (!again.ok) throw new SectagError('internal', `a backup was made that cannot be opened: ${again.refusal.text}`)
    const told = { file: place.value.out, made, issuing: fingerprint, bytes: text.length, ...counts }
    output.event(
      'backup',
      told,
      `Sealed and opened again: ${place.value.out}, with ${counts.issued} issued and ${counts.revoked} revoked.`,
    )
    output.notice(
      'backup-keep',
      'Keep it away from this machine, and its passphrase away from it. What is issued or revoked from now on is not in it.',
    )
    return { exit: 0 }
  } catch (error) {
    return notWritten(file, error)
  }
}

function notWritten(file: string, error: unknown): Ending {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined || error instanceof SectagError) throw error
  return {
    exit: 1,
    failure: {
      what: `the backup could not be written: ${message}`,
      state: `there is no backup in ${file}; the authority is as it was`,
      why: 'likely: the disk is full, or the folder cannot be written to',
      next: `df -h ${shellWord(dirname(file))}   # then repeat it elsewhere`,
    },
  }
}
