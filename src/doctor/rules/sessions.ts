import type { Facts } from '../gather.ts'
import { type Point, point } from '../rule.ts'

/** A session that comes and goes: an application's log shows it accepted more than once, and lost more than once. */
export function comesAndGoes(facts: Facts, weight: number): Point[] {
  const made = facts.of('connack').filter(({ value, times }) => value.code === 0 && value.by === 'device' && times > 1)
  const lost = facts.of('failure').filter(({ value, times }) => value.call === 'session' && times > 1)
  return made.length === 0 ? [] : lost.map((fact) => point(weight, 'the session comes and goes again and again', fact))
}

/** A session that ended for silence, as the application saw it: no answer to its pings. */
export function pingsUnanswered(facts: Facts, weight: number): Point[] {
  const silent = new Set([116, 60])
  return facts
    .of('failure')
    .filter(({ value }) => value.call === 'session' && silent.has(Math.abs(value.number)))
    .map((fact) => point(weight, `the session ended with ${fact.value.number}: no answer in time`, fact))
}
