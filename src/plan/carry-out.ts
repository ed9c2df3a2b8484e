import type { Held } from '../modem/index.ts'
import type { Outcome, Slot } from '../terms/index.ts'
import { type Born, type Intent, interrupt, next, type Run, record } from './run.ts'

/** What carries out intents: a cable today, the air and memory later. */
export interface Hand {
  write(slot: Slot): Promise<Outcome<void>>
  erase(slot: Slot): Promise<Outcome<void>>
  /** Has a key born in the slot, and a certificate of this profile issued for it. */
  enrol(slot: Slot, profile: string): Promise<Outcome<Born>>
  look(slot: Slot): Promise<Outcome<Held[]>>
}

/** What happens in a run, as it happens. `finished` is always last. */
export type Progress =
  | { type: 'intent'; intent: Intent; run: Run }
  | { type: 'outcome'; intent: Intent; outcome: Outcome<unknown>; run: Run }
  | { type: 'finished'; run: Run }

/**
 * Carries a run out, one intent at a time. Nothing is sent before the consumer has taken the `intent`, so a journal that
 * is written while handling it is always ahead of the board. An abort lets the exchange under way finish first.
 */
export async function* carryOut(run: Run, hand: Hand, signal?: AbortSignal): AsyncGenerator<Progress, void, void> {
  let current = run
  for (;;) {
    if (signal?.aborted) current = interrupt(current)
    const intent = next(current)
    if (intent === undefined) return yield { type: 'finished', run: current }
    yield { type: 'intent', intent, run: current }
    const outcome = await ask(hand, intent)
    current = record(current, intent, outcome)
    yield { type: 'outcome', intent, outcome, run: current }
  }
}

function ask(hand: Hand, intent: Intent): Promise<Outcome<unknown>> {
  return intent.do === 'enrol' ? hand.enrol(intent.slot, intent.profile ?? '') : hand[intent.do](intent.slot)
}
