import { clockBehind } from './clock-not-set.ts'
import type { Facts } from '../gather.ts'
import { printed } from '../printed.ts'
import { type Point, point, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { setOf } from './absence.ts'

/** What says that the device does not accept the server's certificate. */
export function deviceDistrusts(facts: Facts): Point[] {
  const told = facts.of('distrust').flatMap((fact): Point[] => {
    const { by, why } = fact.value
    if (by === 'broker' || why === 'missing' || why === 'expired' || why === 'revoked') return []
    if (by === 'either')
      return [point(strength.sign, 'a certificate was not trusted; the line does not say whose', fact)]
    if (why === 'untrusted')
      return [point(strength.proof, "the device does not trust the CA of the server's certificate", fact)]
    return [point(strength.strong, "the device does not accept the server's certificate, and does not say why", fact)]
  })
  const native = facts
    .of('native-tls')
    .filter((fact) => fact.value.number === -0x2700)
    .map((fact) => point(strength.strong, "TLS in the application core did not accept the server's certificate", fact))
  // A user of another system takes 113 for its own number of an unreachable host (ERR-80), so it is no more than a sign.
  const aborted = facts.connects
    .filter(({ reading }) => reading.meanings.some((meaning) => meaning.kind === 'native-verify'))
    .map(({ fact }) =>
      point(
        strength.sign,
        `connect failed with ${printed(fact.value)}: the server's certificate was not accepted`,
        fact,
      ),
    )
  return [...told, ...native, ...aborted]
}

/** What speaks against a wrong CA: there is none, or something else explains the distrust. */
export function notTheCa(facts: Facts): Point[] {
  const set = setOf(facts)
  const ca = set?.states[0]?.state
  const empty =
    ca?.is === 'absent'
      ? ca.from.slice(0, 1).map((fact) => point(-strength.proof, 'no root CA is stored at all', fact))
      : []
  const otherwise = seen(facts, {
    'name-not-in-certificate': -strength.strong,
    'not-yet-valid': -strength.strong,
    'not-valid-now': -strength.sign,
    'clock-wrong': -strength.strong,
    'clock-set-late': -strength.sign,
  })
  const clock = clockBehind(facts).map((fact) => point(-strength.strong, 'the clock of the modem is behind', fact))
  return [...empty, ...otherwise, ...clock]
}
