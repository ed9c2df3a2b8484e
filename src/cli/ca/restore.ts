import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openAuthority, openSealed, type SealedHeader, type SealedProblem } from '../../pki/index.ts'
import { hex, isoTime, type Outcome, ok, refused, type Secret } from '../../terms/index.ts'
import { readyHome } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import type { CaAction, CaOptions } from './action.ts'
import { readContent } from './backup-content.ts'
import { homeWords, noAuthority, wrong } from './endings.ts'
import { fileNames, readFolder } from './folder.ts'
import { readPassphrase } from './passphrase.ts'
import { alreadyThere, type FolderFile, putFolder } from './put-folder.ts'
import { quotaName, quotaText } from './quota.ts'
import { restoredFile, restoredWords } from './restored.ts'
import { show } from './show.ts'
import type { World } from './world.ts'

/** `sectag ca restore FILE`: makes the authority of a home out of a backup. Nothing that is there already is ever replaced. */
export const restoreAction: CaAction = {
  name: 'restore',
  explained: 'makes <home>/ca out of a backup; what was issued and revoked since must be imported afterwards',
  options: ['file', 'passphraseFile'],
  run: restore,
}

/** Octets of the largest file that is looked at. */
const largest = 96 * 2 ** 20

async function restore(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const { file } = options
  if (file === undefined) return wrong('no file was named', 'it is what `ca backup` made', 'sectag ca restore FILE')
  const passphrase = readPassphrase(world, options)
  if (!passphrase.ok) return passphrase.refusal
  const opened = await openBackup(resolve(context.cwd, file), passphrase.value)
  if (!opened.ok) return opened.refusal
  const { files, made } = opened.value
  const home = readyHome(options.home, context)
  if ('exit' in home) return home
  const there = readFolder(home.ca)
  if (there.is === 'whole') return alreadyThere(home, options.home)
  if (there.is !== 'absent') return noAuthority(there, home.ca, options.home)
  const marked = withMark(files, { at: isoTime(context.clock.now()), made })
  const failed = putFolder(home, marked, { id: hex(context.random.bytes(4)), typed: options.home })
  if (failed !== undefined) return failed
  output.say(`Restored: the authority in ${home.ca}, as it was ${made}.`)
  const shown = await show(world, options)
  output.warn('restored', restoredWords(made, homeWords(options.home)))
  return { ...shown, exit: 0, more: { ...shown.more, made } }
}

interface Opened {
  readonly files: readonly FolderFile[]
  readonly made: string
}

async function openBackup(path: string, passphrase: Secret): Promise<Outcome<Opened, Ending>> {
  const text = readBackup(path)
  if (!text.ok) return text
  const opened = await openSealed(text.value, passphrase)
  if (!opened.ok) return refused(notOpened(path, opened.refusal))
  const files = isBackup(opened.value.about) ? readContent(opened.value.plain) : undefined
  if (files === undefined) return refused(damaged(path, 'it holds something else than an authority'))
  const part = (name: string): string => files.find((candidate) => candidate.name === name)?.text ?? ''
  const authority = await openAuthority(
    {
      rootCertificate: part(fileNames.rootCertificate),
      rootKey: part(fileNames.rootKey),
      issuingCertificate: part(fileNames.issuingCertificate),
      issuingKey: part(fileNames.issuingKey),
      crlUrl: part(fileNames.crlUrl).trim(),
    },
    passphrase,
  )
  if (!authority.ok) return refused(damaged(path, authority.refusal.text))
  return ok({ files, made: String(opened.value.about['made']) })
}

function isBackup({ sectag, made }: SealedHeader): boolean {
  return sectag === 'backup' && typeof made === 'string'
}

function readBackup(path: string): Outcome<string, Ending> {
  try {
    if (statSync(path).size > largest) throw new Error('it is larger than 96 MiB')
    return ok(readFileSync(path, 'latin1'))
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return refused(
      wrong(`the backup cannot be read: ${text}`, 'likely: another file was named', `ls -l ${shellWord(path)}`),
    )
  }
}

function notOpened(path: string, { code, text }: SealedProblem): Ending {
  if (code === 'changed') return damaged(path, text)
  if (code !== 'wrong-passphrase')
    return wrong(
      `${path} is no backup that can be opened: ${text}`,
      'likely: another file was named',
      `head -1 ${shellWord(path)}`,
    )
  const why = 'a backup has the passphrase that its authority had when it was made'
  return wrong(
    'the passphrase does not open the backup',
    why,
    'repeat with --passphrase-file FILE, or with $SECTAG_CA_PASSPHRASE set',
  )
}

function damaged(path: string, text: string): Ending {
  return {
    exit: 5,
    failure: {
      what: `${path} cannot be restored: ${text}`,
      state: 'nothing was made',
      why: 'likely: it was cut or changed on its way, or the medium is bad',
      next: 'repeat with another copy of the backup',
    },
  }
}

/** The count of a production line is older than what it has issued, so it has none left; revoking goes on. */
function withMark(files: readonly FolderFile[], mark: { at: string; made: string }): FolderFile[] {
  const kept = files.filter(({ name }) => name !== restoredFile && name !== quotaName)
  const before = files.find(({ name }) => name === restoredFile)?.text ?? ''
  const isLine = files.some(({ name }) => name === quotaName)
  return [
    ...kept,
    { name: restoredFile, text: `${before}${JSON.stringify(mark)}\n` },
    ...(isLine ? [{ name: quotaName, text: quotaText(0) }] : []),
  ]
}
