import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AuthorityFiles, foundAuthority, longestAuthorityName } from '../../pki/index.ts'
import { hex } from '../../terms/index.ts'
import { type Home, readyHome } from '../home/home.ts'
import { syncFolder, writeWhole } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { homeWords, noAuthority, wrong } from './endings.ts'
import { fileNames, folderInMaking, foldersBegun, readFolder } from './folder.ts'
import { checkNewPassphrase, readPassphrase } from './passphrase.ts'
import { show } from './show.ts'
import type { AuthorityOptions, World } from './world.ts'

/** `sectag ca init`: makes the authority of a home. Nothing that is there already is ever replaced. */
export async function init(world: World, options: AuthorityOptions & { readonly name?: string }): Promise<Ending> {
  const { context, output } = world
  const name = (options.name ?? '').trim()
  const misnamed = checkName(name, options.home)
  if (misnamed !== undefined) return misnamed
  const passphrase = readPassphrase(world, options)
  if (!passphrase.ok) return passphrase.refusal
  const weak = checkNewPassphrase(passphrase.value)
  if (weak !== undefined) return weak
  const home = homeForAuthority(world, options)
  if ('exit' in home) return home
  const there = readFolder(home.ca)
  if (there.is === 'whole') return alreadyThere(home, options.home)
  if (there.is !== 'absent') return noAuthority(there, home.ca, options.home)
  if (there.begun.length > 0)
    output.notice('init-was-cut', 'An earlier init was cut before it was finished; what it left is swept up.')
  const now = context.clock.now()
  const files = await foundAuthority({ name, passphrase: passphrase.value, now, random: context.random })
  const failed = putFolder(home, files, hex(context.random.bytes(4)), options.home)
  if (failed !== undefined) return failed
  output.say(`Made: an authority in ${home.ca}.`)
  const shown = await show(world, options)
  output.notice('keep', keepWords)
  return shown
}

const keepWords =
  'Keep the passphrase where you will find it in ten years; nobody can issue without it. Copy the folder to a safe place, and move root.key there: it is needed for nothing but a new issuing CA.'

function checkName(name: string, home: string | undefined): Ending | undefined {
  const next = `sectag ca init --name 'my fleet'${homeWords(home)}`
  if (name === '') return wrong('the authority has no name', 'its certificates show a name to whoever looks', next)
  if (name.length > longestAuthorityName)
    return wrong(
      `the name has more than ${longestAuthorityName} characters`,
      'with “issuing CA” behind it, it must fit into 64',
      next,
    )
  if (/[\p{Cc}\p{Cs}]/u.test(name))
    return wrong('the name has characters that do not print', 'people must be able to read it', next)
  return undefined
}

function homeForAuthority({ context }: World, options: AuthorityOptions): Home | Ending {
  const home = readyHome(options.home, context)
  if (!('exit' in home) || home.failure === undefined) return home
  const failure = { ...home.failure, state: 'nothing was made', why: 'the authority is kept in the home' }
  return { ...home, failure }
}

function alreadyThere(home: Home, typed: string | undefined): Ending {
  return {
    exit: 6,
    failure: {
      what: `there is an authority in ${home.ca} already`,
      state: 'it was left as it is; nothing was made',
      why: 'it is never replaced: the boards that trust it would trust nobody any more',
      next: `sectag ca show${homeWords(typed)}   # or repeat with another --home`,
    },
  }
}

/** The folder gets its name when all of it is on the disk, so that one with that name is always whole. */
function putFolder(home: Home, files: AuthorityFiles, id: string, typed: string | undefined): Ending | undefined {
  const making = folderInMaking(home.ca, id)
  try {
    foldersBegun(home.ca).forEach((folder, index) => sweep(folder, `${making}-${index}`))
    mkdirSync(making, { mode: 0o700 })
    for (const [part, name] of Object.entries(fileNames))
      writeWhole({ path: join(making, name), text: lined(files[part as keyof AuthorityFiles]), mode: 0o600 })
    syncFolder(making)
    renameSync(making, home.ca)
    syncFolder(dirname(home.ca))
    return undefined
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOTEMPTY' || code === 'EEXIST' ? alreadyThere(home, typed) : notWritten(home, message)
  }
}

function lined(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

/** Another init may still be at work in it: taking its name away first lets that one fail instead of losing some of its files. */
function sweep(folder: string, away: string): void {
  renameSync(folder, away)
  rmSync(away, { recursive: true, force: true })
}

function notWritten(home: Home, text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the authority could not be written: ${text}`,
      state: 'nothing of it was left behind',
      why: 'likely: the disk is full, or another init was at work in this home',
      next: `ls -l ${home.path}   # then repeat it`,
    },
  }
}
