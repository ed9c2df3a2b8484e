import { judgement, type Rule, strength } from '../rule.ts'
import { seenTogether } from './seen.ts'

/** Somebody erased the application core and expects the modem to be empty (LOSS-18, LOSS-20). */
export const eraseDoesNotTouch: Rule = {
  id: 'erase-does-not-touch-modem-store',
  judge: (facts) =>
    judgement(seenTogether(facts, { 'chip-erased': strength.strong, 'still-there': strength.sign }), ['listing']),
}
