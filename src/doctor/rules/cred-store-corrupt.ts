import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { credentialNumbers, setOf, typesThat } from './absence.ts'
import { downgrades } from './downgrade.ts'
import { refusedWith } from './refused-write.ts'
import { seen } from './seen.ts'

/** What is listed does not work, writes hang: very old firmware (LOSS-45), or a downgrade across 1.3 (LOSS-29). */
export const credStoreCorrupt: Rule = {
  id: 'cred-store-corrupt',
  explains: ['key-cert-mismatch', 'at-uart-problem'],
  judge(facts) {
    const odd = seen(facts, { 'write-hangs': strength.sign, 'listed-and-useless': strength.strong })
    const said = [...odd, ...downgrades(facts, strength.sign)]
    // CME-14, LOSS-45: with few items listed, a full memory is none that is full.
    const full = refusedWith(facts, 515, 'the memory is said to be full').map((one) => ({
      ...one,
      weight: strength.sign,
    }))
    const useless = said.length > 0 && typesThat(setOf(facts), 'held').length > 0 ? credentialNumbers(facts) : []
    return judgement([...said, ...full, ...alpha(facts), ...useless.slice(0, 1)], ['listing'])
  },
}

/** LOSS-33: firmware before 1.0.0 is known for trouble with its file system. */
function alpha(facts: Facts): Point[] {
  return facts
    .of('mfw')
    .filter(({ value }) => /(?:^|_)0\.\d+\.\d+|alpha/i.test(value.text))
    .map((fact) => point(strength.sign, 'firmware before 1.0.0 is known for trouble with its file system', fact))
}
