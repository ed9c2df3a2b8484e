import { foundAuthority, longestAuthorityName } from '../../pki/index.ts'
import { hex } from '../../terms/index.ts'
import { type Home, readyHome } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { homeWords, noAuthority, wrong } from './endings.ts'
import { readFolder } from './folder.ts'
import { checkNewPassphrase, readPassphrase } from './passphrase.ts'
import { alreadyThere, putAuthority } from './put-folder.ts'
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
  const failed = putAuthority(home, files, { id: hex(context.random.bytes(4)), typed: options.home })
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
