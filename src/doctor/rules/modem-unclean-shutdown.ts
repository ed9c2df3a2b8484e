import type { FactOf } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { tlsBegan } from './numbers.ts'
import { isRegistered, lastLink, lastRegistration } from './radio.ts'
import { seen } from './seen.ts'

/** So many starts in one log, and never a network in between, are more than somebody's hand: a loop (POW-19 does not say how many it takes). */
const loop = 5

/** Resets without `AT+CFUN=0`: the modem bars itself from attaching (POW-20), or keeps a stale state (POW-26). */
export const modemUncleanShutdown: Rule = {
  id: 'modem-unclean-shutdown',
  explains: ['net-not-registered', 'modem-init-failed', 'net-blocked', 'app-memory-or-buffer', 'modem-crash'],
  judge(facts) {
    const barred = facts
      .of('barred')
      .map((fact) => point(strength.proof, 'after too many resets the modem does not attach for half an hour', fact))
    // A number of TLS alone: the network was there.
    if (barred.length === 0 && tlsBegan(facts)) return undefined
    const said = seen(facts, {
      'clean-end-cures': strength.proof,
      'barred-for-a-while': strength.strong,
      'unclean-resets': strength.sign,
      'stale-state': strength.sign,
    })
    return judgement([...barred, ...said, ...resetLoop(facts)], ['registration', 'log'])
  },
}

/** It starts again and again while it searches, and the network gives no reason: to the modem each of these is a reset (POW-20). */
function resetLoop(facts: Facts): Point[] {
  const heard = [...facts.of('registration'), ...facts.of('link')]
  const searching = lastRegistration(facts)?.value.stat === 2 || lastLink(facts)?.value.up === false
  if (isRegistered(facts) || !searching) return []
  return facts
    .of('boot')
    .filter(({ times, from }) => {
      const network = heard.filter((fact) => fact.from.evidence === from.evidence)
      return times >= loop && !network.some(hasNetworkSpoken)
    })
    .map((fact) =>
      point(strength.strong + strength.hint, `it started ${fact.times} times, and searched each time in vain`, fact),
    )
}

function hasNetworkSpoken(fact: FactOf<'registration'> | FactOf<'link'>): boolean {
  if (fact.kind === 'link') return fact.value.up
  return fact.value.reject !== undefined || [1, 3, 5].includes(fact.value.stat)
}
