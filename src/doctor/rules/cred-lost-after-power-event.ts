import { earlierSessions } from '../setbacks.ts'
import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { credentialNumbers, emptyTag, setOf, setTypes, typesThat } from './absence.ts'

/** Below this a modem is close to its power-off warning (POW-05, POW-07), in millivolt. */
const lowSupply = 3200

/** An empty tag, and something happened to the power. */
export const credLostAfterPowerEvent: Rule = {
  id: 'cred-lost-after-power-event',
  explains: ['cred-slot-empty'],
  judge(facts) {
    const empty = [...emptyTag(facts), ...seen(facts, { 'credentials-gone': strength.strong }), ...failsSince(facts)]
    if (empty.length === 0) return undefined
    const events = facts.of('power').map((fact) => point(strength.sign, eventWords[fact.value.event], fact))
    const low = facts
      .of('supply')
      .filter((fact) => fact.value.millivolt < lowSupply)
      .map((fact) => point(strength.hint, `the supply is low: ${fact.value.millivolt} mV`, fact))
    const before = facts
      .of('history')
      .filter((fact) => fact.value.what === 'worked-before' || fact.value.what === 'rewrite-cures')
      .map((fact) => point(strength.hint / 2, 'it worked before, or works again once written', fact))
    const sessions = earlierSessions(facts).map((fact) => point(strength.hint, 'it had a session before', fact))
    const atBoot = facts
      .of('history')
      .filter((fact) => fact.value.what === 'writes-at-boot')
      .map((fact) => point(strength.hint, 'credentials are written at every boot', fact))
    const again = facts
      .of('seen')
      .filter(({ value, times }) => value.sign === 'credentials-written' && times > 1)
      .map((fact) => point(strength.hint, 'credentials are written again and again', fact))
    const signs = [...events, ...low, ...atBoot, ...again]
    // That it worked before tells of no power: then the tag is empty, and nobody knows why.
    if (signs.length === 0) return undefined
    return judgement(
      [...empty, ...credentialNumbers(facts).slice(0, 2), ...signs, ...before, ...sessions],
      ['control', 'supply', 'listing'],
    )
  },
}

/** Nobody listed the tag; but the same build had a session, and now its credentials do not do. */
function failsSince(facts: Facts): Point[] {
  const looked = typesThat(setOf(facts), 'unknown').length < setTypes.length
  if (looked || facts.of('distrust').length > 0 || facts.of('power').length === 0) return []
  if (earlierSessions(facts).length === 0 || facts.of('content').length > 0) return []
  return facts.connects
    .filter(({ reading }) => reading.meanings.every(({ kind }) => kind === 'tls'))
    .slice(0, 1)
    .map(({ fact }) => point(strength.hint, 'it had a session, and since then TLS cannot be set up', fact))
}

const eventWords = {
  'brown-out': 'the supply broke down for a moment',
  'battery-empty': 'the battery ran empty',
  'battery-low': 'the battery was low',
  'power-cut': 'the power was cut',
} as const
