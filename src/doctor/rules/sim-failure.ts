import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { isRegistered, lastSim } from './radio.ts'

/** Refusals that speak of the SIM (CME-03 to CME-07). */
const simCodes: Readonly<Record<number, string>> = {
  10: 'no SIM is inserted',
  11: 'the SIM asks for its PIN',
  12: 'the SIM asks for its PUK',
  13: 'the SIM failed',
}

/** The SIM does not come up. A device that is registered has a SIM that works, whatever was read before. */
export const simFailure: Rule = {
  id: 'sim-failure',
  explains: ['net-not-registered', 'net-plmn-reject'],
  judge(facts) {
    if (isRegistered(facts)) return undefined
    const refused = facts.of('refused').flatMap((fact): Point[] => {
      const words = fact.value.kind === 'cme' ? simCodes[fact.value.code] : undefined
      return words === undefined ? [] : [point(strength.proof, words, fact)]
    })
    const said = seen(facts, { 'sim-not-found': strength.strong, 'sim-refuses': strength.strong })
    return judgement([...onceALine([...stateOfSim(facts), ...said]), ...refused], ['sim', 'registration'])
  },
}

/** What a line says in one way it says in another too: of the grounds that it gives, the strongest counts. */
function onceALine(points: readonly Point[]): Point[] {
  const strongest = new Map<string, Point>()
  for (const found of points) {
    const { evidence, line } = found.reason.from
    const before = strongest.get(`${line} ${evidence}`)
    if (before === undefined || before.weight < found.weight) strongest.set(`${line} ${evidence}`, found)
  }
  return points.filter((found) => [...strongest.values()].includes(found))
}

function stateOfSim(facts: Facts): Point[] {
  const sim = lastSim(facts)
  if (sim === undefined) return []
  if (sim.value.state === 'ready') return onceFailed(facts)
  const weight = sim.value.state === 'refuses' ? strength.strong : strength.proof
  const locked = sim.value.state === 'locked' ? 'the SIM is locked: ' : ''
  return [point(weight, `${locked}${sim.value.what}`, sim)]
}

/** It comes and goes: where nothing behind it fails, a SIM that failed once is what fails. */
function onceFailed(facts: Facts): Point[] {
  if (facts.connects.length + facts.of('distrust').length + facts.of('connack').length > 0) return []
  return facts
    .of('sim')
    .filter(({ value }) => value.state === 'failed')
    .map((fact) => point(strength.strong, `the SIM comes and goes: ${fact.value.what}`, fact))
    .slice(0, 1)
}
