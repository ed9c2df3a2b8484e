import { highestTag } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { isSeen, seen, seenTogether } from './seen.ts'

/** Somebody erased the application core and expects the modem to be empty (LOSS-18, LOSS-20). */
export const eraseDoesNotTouch: Rule = {
  id: 'erase-does-not-touch-modem-store',
  judge: (facts) =>
    judgement(
      [...seenTogether(facts, { 'chip-erased': strength.strong, 'still-there': strength.sign }), ...listedAfter(facts)],
      ['listing'],
    ),
}

/** Erased, and a listing shows credentials. Where connections fail, they may be what the complaint is about, and nobody says more. */
function listedAfter(facts: Facts): Point[] {
  if (!isSeen(facts, 'chip-erased') || facts.connects.length > 0) return []
  const listed = facts
    .of('listing')
    .filter(({ value }) => value.held.some(({ tag }) => tag <= highestTag))
    .slice(0, 1)
    .map((fact) => point(strength.sign, 'the modem lists credentials all the same', fact))
  return listed.length === 0 ? [] : [...seen(facts, { 'chip-erased': strength.strong }), ...listed]
}
