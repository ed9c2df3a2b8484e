import { judgement, type Rule, strength } from '../rule.ts'
import { arrived } from './arrived.ts'
import { met, nativeMeans } from './numbers.ts'
import { seen } from './seen.ts'

/** TCP is there, and the handshake gets no answer in time. */
export const handshakeTimeout: Rule = {
  id: 'handshake-timeout',
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, { 'handshake-timed-out': strength.strong, 'longer-timeout-helps': strength.strong }),
        ...met(facts, 'no-answer', strength.sign),
        ...nativeMeans(facts, 'timeout', strength.strong),
        // The same number with a port that is open: then it is not TCP that gets no answer.
        ...(facts.connects.some(({ reading }) => reading.meanings.some(({ kind }) => kind === 'no-answer'))
          ? [...seen(facts, { 'port-open': strength.sign }), ...arrived(facts, strength.sign)]
          : []),
      ],
      ['port', 'broker-log'],
    ),
}
