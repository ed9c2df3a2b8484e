import { clockBehind } from './clock-not-set.ts'
import { earlierSessions } from '../setbacks.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { credentialNumbers, setOf, typesThat } from './absence.ts'
import { endedRoots } from './ended-roots.ts'
import { isToldToFail, seen } from './seen.ts'
import { deviceDistrusts, notTheCa } from './distrust.ts'

/** The device does not trust the server any more, and nobody touched the device. */
export const serverCaRotated: Rule = {
  id: 'server-ca-rotated',
  explains: ['cred-wrong-ca'],
  judge(facts) {
    // RFC 5246, 7.2.2: that alert says "not currently valid" too, which is how a clock that is behind sees a new certificate.
    const behind = clockBehind(facts).length > 0
    const expired = facts
      .of('distrust')
      .filter(({ value }) => value.by === 'device' && value.why === 'expired' && !behind)
      .map((fact) => point(strength.proof, "the device says that the server's certificate is expired", fact))
    const history = facts.of('history').flatMap((fact) => {
      if (fact.value.what === 'worked-before')
        return [point(strength.hint, 'it worked before, with the same files', fact)]
      if (fact.value.what === 'many-at-once') return [point(strength.sign, 'many devices fail at once', fact)]
      return []
    })
    const sessions = earlierSessions(facts).map((fact) => point(strength.sign, 'it had a session before', fact))
    const distrust = deviceDistrusts(facts)
    const full = typesThat(setOf(facts), 'held').length === 3
    // A device that never had a session may have been given a root that was over by then: that is no change.
    const worked = history.length + sessions.length > 0
    const changed = [
      ...seen(facts, { 'server-changed': strength.strong, 'not-valid-now': strength.sign + strength.hint }),
      ...(worked ? endedRoots(facts) : []),
    ]
    const untouched = seen(facts, { 'nothing-changed': strength.sign })
    const tlsFails = isToldToFail(facts, 'tls', 'certificate') || credentialNumbers(facts).length > 0
    if (
      expired.length + changed.length === 0 &&
      (history.length + sessions.length === 0 || (distrust.length === 0 && !full && !tlsFails))
    )
      return undefined
    const numbers = credentialNumbers(facts).slice(0, 2)
    return judgement(
      [...expired, ...changed, ...distrust, ...history, ...untouched, ...sessions, ...numbers, ...notTheCa(facts)],
      ['broker-log', 'served-chain'],
    )
  },
}
