import type { FactOf } from './facts.ts'
import type { Facts } from './gather.ts'

/** The last listing of all tags, where it ended and had nothing in it: whichever tag the application uses, nothing is there. */
export function emptyListings(facts: Facts): FactOf<'listing'>[] {
  const whole = facts.of('listing').filter(({ value }) => value.tag === undefined && value.type === undefined)
  const last = whole.at(-1)
  const isEmpty = last?.value.end === 'final' && facts.slots.heldTags.length === 0
  return isEmpty ? [last] : []
}
