import { meaningsOf } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { met, native, nativeMeans } from './numbers.ts'
import { isSeen, seen } from './seen.ts'

/** Heap or buffers of the application. A heap that is too small makes even verification fail (ERR-112). */
export const appMemoryOrBuffer: Rule = {
  id: 'app-memory-or-buffer',
  explains: ['cred-wrong-ca', 'cred-content-malformed'],
  judge(facts) {
    const verification = isSeen(facts, 'memory-short')
      ? native(facts, -0x2700, strength.sign, 'verification failed, as it does where the heap is too small')
      : []
    return judgement(
      [
        ...seen(facts, {
          'memory-short': strength.strong,
          'stack-overflow': strength.proof,
          'application-faulted': strength.sign,
          'crash-in-connect': strength.sign + strength.hint,
        }),
        ...nativeMeans(facts, 'memory', strength.proof),
        ...nativeMeans(facts, 'record', strength.hint),
        ...verification,
        ...met(facts, 'memory', strength.strong),
        ...noMemory(facts),
      ],
      ['log'],
    )
  },
}

/** ENOMEM from whatever call; of the key library it may be the modem's own memory (ERR-97). */
function noMemory(facts: Facts): Point[] {
  return facts
    .of('failure')
    .filter(({ value }) => value.call !== 'connect' && value.call !== 'key-store' && value.call !== 'name')
    .filter(({ value }) => meaningsOf(value.number, facts.build).candidates.some(({ name }) => name === 'ENOMEM'))
    .map((fact) => point(strength.strong, `${fact.value.number} is ENOMEM: no memory`, fact))
}
