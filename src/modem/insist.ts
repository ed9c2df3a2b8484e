import type { Outcome } from '../terms/index.ts'

/** Asks again where the answer was spoiled or lost on its way; a refusal of the modem is an answer. For questions only. */
export async function insist<A>(ask: () => Promise<Outcome<A>>): Promise<Outcome<A>> {
  const first = await ask()
  if (first.ok || (first.refusal.kind !== 'garbled' && first.refusal.kind !== 'silence')) return first
  return ask()
}

/** Whether the other side has answered, if only with a no. */
export function isAnswer(outcome: Outcome<unknown>): boolean {
  return outcome.ok || ['cme', 'cms', 'error', 'unsupported'].includes(outcome.refusal.kind)
}
