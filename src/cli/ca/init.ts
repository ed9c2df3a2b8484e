import { foundAuthority } from '../../pki/index.ts'
import { hex } from '../../terms/index.ts'
import { type Home, readyHome } from '../home/home.ts'
import type { Ending } from '../output.ts'
import type { CaAction, CaOptions } from './action.ts'
import { checkClock, checkCrlUrl, checkName } from './check-init.ts'
import { noAuthority, wrong } from './endings.ts'
import { readFolder } from './folder.ts'
import { checkNewPassphrase, readPassphrase } from './passphrase.ts'
import { alreadyThere, putAuthority } from './put-folder.ts'
import { show } from './show.ts'
import type { AuthorityOptions, World } from './world.ts'

/** `sectag ca init`: makes the authority of a home. Nothing that is there already is ever replaced. */
export const initAction: CaAction = {
  name: 'init',
  explained: 'makes <home>/ca: a root CA and an issuing CA under it, their keys encrypted with the passphrase',
  options: ['name', 'crlUrl', 'passphraseFile'],
  run: init,
}

async function init(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const [typed = '', ...more] = options.name ?? []
  if (more.length > 0) return wrong('an authority has one name', 'several were given', 'sectag ca --help')
  const name = typed.trim()
  const misnamed = checkName(name, options.home) ?? checkCrlUrl(options.crlUrl)
  if (misnamed !== undefined) return misnamed
  const early = checkClock(context.clock.now())
  if (early !== undefined) return early
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
  const order = { name, passphrase: passphrase.value, now, random: context.random }
  const files = await foundAuthority({ ...order, ...(options.crlUrl !== undefined && { crlUrl: options.crlUrl }) })
  const failed = putAuthority(home, files, { id: hex(context.random.bytes(4)), typed: options.home })
  if (failed !== undefined) return failed
  output.say(`Made: an authority in ${home.ca}.`)
  const shown = await show(world, options)
  output.notice('keep', keepWords)
  return shown
}

const keepWords =
  'Keep the passphrase where you will find it in ten years; nobody can issue without it. Copy the folder to a safe place, and move root.key there: it is needed for nothing but a new issuing CA.'

function homeForAuthority({ context }: World, options: AuthorityOptions): Home | Ending {
  const home = readyHome(options.home, context)
  if (!('exit' in home) || home.failure === undefined) return home
  const failure = { ...home.failure, state: 'nothing was made', why: 'the authority is kept in the home' }
  return { ...home, failure }
}
