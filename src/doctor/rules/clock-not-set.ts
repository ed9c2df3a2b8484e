import type { FactOf } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** Before this no modem of the family had a firmware: a clock that stands there was never set. */
const firstFirmware = Date.UTC(2018, 0, 1)
/** By less than this two records of one failure may be apart. Milliseconds. */
const apart = 30 * 86_400_000

/** A stack that checks dates, and a clock that does not know them yet (MODE-43). */
export const clockNotSet: Rule = {
  id: 'clock-not-set',
  explains: ['cred-wrong-ca', 'server-ca-rotated', 'broker-does-not-trust-client-chain'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, {
          'not-yet-valid': strength.strong,
          'not-valid-now': strength.sign,
          'clock-wrong': strength.sign + strength.hint,
          'first-attempt-fails': strength.sign,
          'clock-set-late': strength.sign + strength.hint / 2,
          'token-expired': strength.hint,
        }),
        ...clockBehind(facts).map((fact) =>
          point(
            fact.value.at < firstFirmware ? strength.proof : strength.strong,
            'the clock of the modem is behind',
            fact,
          ),
        ),
      ],
      ['log'],
    ),
}

/** The modem's clock, where it was read last and cannot be right: before any firmware, before a certificate, or long before the broker's. */
export function clockBehind(facts: Facts): FactOf<'clock'>[] {
  const clocks = facts.of('clock')
  const last = clocks.findLast(({ value }) => value.of === 'modem')
  if (last === undefined) return []
  const begins = facts.of('validity').flatMap(({ value }) => (value.edge === 'from' ? [value.at] : []))
  const broker = clocks.flatMap(({ value }) => (value.of === 'broker' ? [value.at - apart] : []))
  return last.value.at < Math.max(firstFirmware, ...begins, ...broker) ? [last] : []
}
