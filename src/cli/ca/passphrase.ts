import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { byteText, type Bytes, fromUtf8, type Outcome, ok, refused, Secret, utf8 } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import type { AuthorityOptions, World } from './world.ts'

/** Characters that the passphrase of a new authority must have. */
export const shortestPassphrase = 12
const variable = 'SECTAG_CA_PASSPHRASE'
const largestFile = 4096

/** Where a passphrase may come from: a flag that names a file, or a variable. */
export interface PassphraseSource {
  readonly flag: string
  readonly variable: string
}

const usual: PassphraseSource = { flag: '--passphrase-file', variable }

/** `--passphrase-file`, on verbs that issue. There is no flag for the passphrase itself: command lines are seen by others. */
export function passphraseOption(command: Command): void {
  command.option('--passphrase-file <file>', `where the passphrase of the authority stands ($${variable})`)
}

/** `--passphrase-file` as it would be typed again, with a blank in front; empty where it was not typed. */
export function passphraseWords({ passphraseFile }: Readonly<Record<string, unknown>>): string {
  return typeof passphraseFile === 'string' ? ` --passphrase-file ${shellWord(passphraseFile)}` : ''
}

/** The passphrase, from the file that was named, else from the environment. Whatever is printed from here on is struck of it. */
export function readPassphrase(
  { context, output }: World,
  options: AuthorityOptions,
  from: PassphraseSource = usual,
): Outcome<Secret, Ending> {
  const typed = context.env[from.variable]
  const read =
    options.passphraseFile === undefined ? ok(utf8(typed ?? '')) : fromFile({ context, output }, options.passphraseFile)
  if (!read.ok) return read
  if (read.value.length === 0)
    return no('there is no passphrase', `neither ${from.flag} nor $${from.variable} gives one`, from)
  const secret = new Secret(read.value)
  // A short one would be struck out of words that merely look like it; and nothing of ours quotes one.
  if (characters(secret) >= shortestPassphrase) output.know(secret)
  return ok(secret)
}

/** A passphrase that is good enough to begin with. */
export function checkNewPassphrase(secret: Secret): Ending | undefined {
  if (characters(secret) >= shortestPassphrase) return undefined
  const ending = no(
    `the passphrase has fewer than ${shortestPassphrase} characters`,
    'whoever copies the files can try passphrases for as long as they like',
  )
  return ending.refusal
}

function characters(secret: Secret): number {
  return Array.from(fromUtf8(secret.reveal())).length
}

/** The name of the file is not repeated: it may be the passphrase itself, typed in the wrong place. */
function fromFile({ context, output }: World, name: string): Outcome<Bytes, Ending> {
  const path = resolve(context.cwd, name)
  try {
    const { size, mode } = statSync(path)
    if (size > largestFile) return no('the passphrase file is larger than 4 KiB', 'it holds something else')
    const text = byteText(readFileSync(path)).replace(/\r?\n$/, '')
    if (/[\r\n]/.test(text)) return no('the passphrase file has more than one line', 'it holds something else')
    if ((mode & 0o077) !== 0 && process.platform !== 'win32')
      output.warn('passphrase-readable', 'The passphrase file can be read by others: chmod 600 it.')
    return ok(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return no(`the passphrase file cannot be read (${code ?? 'unknown'})`, '--passphrase-file takes the name of a file')
  }
}

function no(what: string, why: string, { flag, variable } = usual): { ok: false; refusal: Ending } {
  const next = `repeat with ${flag} FILE, or with $${variable} set`
  return refused({ exit: 2, failure: { what, state: 'nothing was made and nothing was issued', why, next } })
}
