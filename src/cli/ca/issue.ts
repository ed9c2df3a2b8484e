import type { Ending } from '../output.ts'
import type { CaAction } from './action.ts'
import { ask } from './ask.ts'
import { giveAway } from './give-away.ts'
import { notIssued } from './not-issued.ts'
import { issueAndRecord, openHomeAuthority } from './open.ts'
import { tellLeft } from './tell-left.ts'
import { type IssueOptions, readWish } from './wish.ts'
import type { World } from './world.ts'

/** `sectag ca issue`: writes a certificate with the issuing CA behind it, and its key where one is made for it. */
export const issueAction: CaAction = {
  name: 'issue',
  explained: 'signs for a request, or makes a new key: unencrypted PKCS#8, as Mosquitto and a modem need it',
  options: ['profile', 'request', 'newKey', 'subject', 'name', 'days', 'shelfDays', 'out', 'passphraseFile'],
  run: (world, options) => issue(world, { ...options, names: options.name ?? [] }),
}

async function issue(world: World, options: IssueOptions): Promise<Ending> {
  const wish = readWish(world.context, options)
  if (!wish.ok) return wish.refusal
  const { profile, out, from } = wish.value
  const { subject, names, days, shelfDays } = options
  const asked = await ask(world, from, subject ?? names[0])
  if (!asked.ok) return asked.refusal
  const home = await openHomeAuthority(world, options)
  if (!home.ok) return home.refusal
  const { request, key } = asked.value
  const order = {
    profile,
    request,
    names,
    ...(subject !== undefined && { subject }),
    ...(days !== undefined && { days }),
    ...(shelfDays !== undefined && { shelfDays }),
  }
  const issued = await issueAndRecord(home.value, order)
  if (!issued.ok) return notIssued(issued.refusal, options.home)
  const ending = giveAway(world, { profile, issued: issued.value, out, ...(key !== undefined && { key }) })
  if (ending.exit === 0) tellLeft(world.output, home.value)
  return ending
}
