import { type Firmware, firmwareNamed } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { type Point, point } from '../rule.ts'
import { seen } from './seen.ts'

/** That the modem went from firmware 1.3 back to what was before it (LOSS-29, COMPAT-23). To go forward is no fault. */
export function downgrades(facts: Facts, weight: number): Point[] {
  const moves = facts.of('firmware-move').flatMap((fact): Point[] => {
    const [from, to] = [firmwareNamed(fact.value.from), firmwareNamed(fact.value.to)]
    if (from === undefined || to === undefined || !since13(from) || since13(to)) return []
    const words = `the modem firmware went back from ${from.version.join('.')} to ${to.version.join('.')}, across 1.3`
    return [point(weight, `${words} (LOSS-29, COMPAT-23)`, fact)]
  })
  // Who says so without versions says the same.
  return moves.length > 0 ? moves.slice(0, 1) : seen(facts, { downgraded: weight })
}

function since13({ family, version: [major, minor] }: Firmware): boolean {
  return family === 'nrf9160' && (major > 1 || (major === 1 && minor >= 3))
}
