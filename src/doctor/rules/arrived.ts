import type { Facts } from '../gather.ts'
import { type Point, point } from '../rule.ts'

/** What the broker's log shows of a connection that became no session: TCP came as far as the broker. */
export function arrived(facts: Facts, weight: number): Point[] {
  const seen = facts.of('broker-log')
  const found =
    seen.find(({ value }) => value.shows === 'nameless-end') ?? seen.find(({ value }) => value.shows === 'arrival')
  return found === undefined ? [] : [point(weight, "the broker's log shows a connection that became no session", found)]
}
