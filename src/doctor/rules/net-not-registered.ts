import type { Fact, FactOf } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { printed } from '../printed.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { isRegistered, isTlsTriedBehind, lastLink, lastRegistration } from './radio.ts'

const states: Readonly<Record<number, string>> = {
  0: 'not registered, and not searching',
  2: 'not registered, searching',
  3: 'the registration is denied',
  4: 'no coverage, or the state is not known',
}

/** No registration, for whatever reason. */
export const netNotRegistered: Rule = {
  id: 'net-not-registered',
  judge: (facts) =>
    isRegistered(facts)
      ? undefined
      : judgement(
          [
            // All of these say the same: that there is no network.
            ...[
              ...stateOfNetwork(facts),
              ...linkDown(facts),
              ...seen(facts, { 'never-registers': strength.strong }),
            ].slice(0, 1),
            ...seen(facts, { 'other-network-works': strength.hint }),
            ...coverage(facts),
            ...numbers(facts),
          ],
          ['registration', 'sim'],
        ),
}

function stateOfNetwork(facts: Facts): Point[] {
  const last = lastRegistration(facts)
  const words = states[last?.value.stat ?? -1]
  if (last === undefined || words === undefined) return []
  // With the radio off nobody registers (MODE-01): that is no fault.
  if (last.value.stat === 0 && !facts.of('mode').some(({ value }) => value.mode === 1)) return []
  if (last.value.stat === 2 && searchEnded(last, facts)) return []
  return [point(last.value.stat === 0 ? strength.sign : strength.strong, words, last)]
}

/**
 * Every board searches before it registers: where it was never in a network and TLS was tried behind the search, the line
 * that says how that ended is lost. A board that lost its network searches too, and then the search is the last word.
 */
function searchEnded(searching: FactOf<'registration'>, facts: Facts): boolean {
  const beside = (fact: Fact): boolean => fact.from.evidence === searching.from.evidence
  const links = facts.of('link').filter(({ value }) => value.up)
  const registrations = facts.of('registration').filter(({ value }) => value.stat === 1 || value.stat === 5)
  if ([...links, ...registrations].some(beside)) return false
  return isTlsTriedBehind(searching, facts)
}

/** Below this a signal is in the lowest fifth of what the modem measures (MODE-61). dBm. */
const weak = -120

/** What the modem last measured, where the network is missing while the radio is on. */
function coverage(facts: Facts): Point[] {
  const signal = facts.of('signal').at(-1)
  const isAsked = lastRegistration(facts) !== undefined || facts.of('matter').length > 0
  if (signal === undefined || !isAsked || radioOff(facts)) return []
  const { dbm } = signal.value
  if (dbm === undefined) return [point(strength.hint, 'the modem measures no signal (255: not known)', signal)]
  return dbm < weak ? [point(strength.hint, `the signal is very weak: ${dbm} dBm`, signal)] : []
}

/** With the radio off nothing is measured (MODE-01). */
function radioOff(facts: Facts): boolean {
  const mode = facts.of('mode').at(-1)?.value.mode
  return mode !== undefined && mode !== 1
}

/** What the application's log tells of the link: the last word counts. */
function linkDown(facts: Facts): Point[] {
  const last = lastLink(facts)
  return last === undefined || last.value.up ? [] : [point(strength.strong, 'the application got no network', last)]
}

/** ETIMEDOUT in each numbering (ERR-56): a search that ended without a network. */
const timedOut = new Set([116, 60, 110])

function numbers(facts: Facts): Point[] {
  const link = facts
    .of('failure')
    .filter(({ value }) => value.call === 'link' && timedOut.has(Math.abs(value.number)))
    .map((fact) => point(strength.strong, `the link control gives ${fact.value.number}: no network in time`, fact))
  const connects = facts.connects
    .filter(({ reading }) => reading.meanings.some((meaning) => meaning.kind === 'network'))
    .map(({ fact }) => point(strength.sign, `connect failed with ${printed(fact.value)}: no network`, fact))
  return [...link, ...connects]
}
