import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { nativeMeans } from './numbers.ts'
import { isSeen, isToldToFail, seen, seenTogether } from './seen.ts'

/** No TLS where TLS is expected, or the reverse: the first bytes tell. */
export const plainOnTlsPort: Rule = {
  id: 'plain-on-tls-port',
  explains: ['tls-version-mismatch'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, { 'plain-on-tls': strength.strong, 'tls-lines-commented-out': strength.sign }),
        ...seenTogether(facts, { 'plain-client-in-code': strength.sign, 'tls-port-dialled': strength.sign }),
        ...nativeMeans(facts, 'record', strength.sign),
        ...onPlainPort(facts),
      ],
      ['broker-log'],
    ),
}

/** TLS was begun, and the other side closed or said what is no TLS: on the port for plain MQTT that is no wonder. */
function onPlainPort(facts: Facts): Point[] {
  const noMqtt = facts
    .of('broker-log')
    .filter(({ value }) => value.shows === 'no-mqtt')
    .map((fact) => point(strength.sign, "the first bytes that came to the broker's port are no MQTT", fact))
  const ended = [
    ...nativeMeans(facts, 'closed', strength.hint),
    ...nativeMeans(facts, 'record', strength.hint),
    ...(isSeen(facts, 'plain-port-used') ? noMqtt : []),
  ]
  if (ended.length > 0) return [...ended, ...seen(facts, { 'plain-port-used': strength.strong })]
  return isToldToFail(facts, 'tls') ? seen(facts, { 'plain-port-used': strength.sign + strength.hint }) : []
}
