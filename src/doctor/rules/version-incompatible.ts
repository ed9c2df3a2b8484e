import { firmwareNamed, pairing } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { downgrades } from './downgrade.ts'
import { seen } from './seen.ts'

/** Modem firmware, chip revision and SDK that do not belong together. */
export const versionIncompatible: Rule = {
  id: 'version-incompatible',
  explains: ['modem-init-failed', 'modem-crash'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, { 'pair-not-allowed': strength.strong, 'command-not-known': strength.sign + strength.hint }),
        ...forbidden(facts),
        ...wentBack(facts),
      ],
      ['build'],
    ),
}

function forbidden(facts: Facts): Point[] {
  const hardware = facts.of('hardware').at(-1)
  return facts.of('mfw').flatMap((fact): Point[] => {
    const firmware = firmwareNamed(fact.value.text)
    if (firmware === undefined) return []
    const found = pairing({
      firmware,
      ...(hardware !== undefined && { hardware: hardware.value.text }),
      ...(facts.build.ncs !== undefined && { sdk: facts.build.ncs }),
    })
    if (found.is !== 'forbidden' && found.is !== 'tests-only') return []
    return [
      point(
        found.is === 'forbidden' ? strength.proof : strength.strong,
        `${found.words} (${found.facts.join(', ')})`,
        fact,
      ),
    ]
  })
}

/** A firmware that is not for a modem that had 1.3 (COMPAT-23): a hint, as most such modems work. */
function wentBack(facts: Facts): Point[] {
  return facts.of('firmware-move').length > 0 ? downgrades(facts, strength.hint) : []
}
