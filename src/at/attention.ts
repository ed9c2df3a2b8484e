import { type Outcome, ok, type Refusal, refused } from '../terms/index.ts'
import type { Command } from './command.ts'
import { cmeeRead } from './commands/cmee.ts'

/** What attention needs of a channel. */
export interface Wire {
  ask<A>(command: Command<void, A>, patience: number): Promise<Outcome<A>>
  /** Bytes without a terminator, as if typed. */
  type(text: string): Promise<void>
  /** A line that ends in whatever final result. */
  finish(text: string, patience: number): Promise<Outcome<unknown>>
  quiet(ms: number): Promise<void>
  remark(text: string): void
}

/** Longer than the line buffer of an AT host (HOST-07): so many backspaces empty it whatever it holds (HOST-06). */
const backspaces = '\b'.repeat(4096)
/** Closes an open quote and spoils the command in front of it, should the backspaces not have been understood. */
const spoiler = '",,,,,,sectag'
const patience = 1000
/** How often a question is repeated when the answer was to another one. */
const tries = 4
/** How often a quote is closed: an even number, so that where nobody listened none is left open. */
const rounds = 4

/**
 * A host that died inside the quotes of a write left the AT host waiting for the rest; whatever is typed next becomes
 * part of the credential, and a closing quote would commit it. So the line is emptied by backspaces before anything else
 * is said, and where it was inside quotes, these are closed behind a text that no modem accepts. Nothing torn is ever
 * committed, and nothing of the modem's state is changed.
 *
 * The probe is `AT+CMEE?`, not `AT`: its answer has a line of its own, so that a late `OK` of an earlier command is not
 * taken for it.
 */
export async function attend(wire: Wire): Promise<Outcome<{ torn: boolean }>> {
  wire.remark('attention: clearing the line with 4,096 backspaces')
  await wire.type(backspaces)
  let answer = await probe(wire)
  let torn = false
  for (let round = 0; round < rounds && isUnanswered(answer); round++) {
    wire.remark('no answer: closing a quote that may be open, discarding what is in it')
    const closed = await closeQuote(wire)
    // Only the first quote tells: the second may close what the first has opened.
    torn ||= closed && round === 0
    answer = await probe(wire)
  }
  return answer.ok ? ok({ torn }) : answer
}

function isUnanswered(answer: Outcome<unknown>): boolean {
  return !answer.ok && (answer.refusal.kind === 'silence' || answer.refusal.kind === 'garbled')
}

/** Whether the spoiled line was refused, which tells that the AT host was inside quotes. An OK is the late answer to something else. */
async function closeQuote(wire: Wire): Promise<boolean> {
  await wire.type(backspaces)
  const outcome = await wire.finish(spoiler, patience)
  return !outcome.ok && (outcome.refusal.kind === 'error' || outcome.refusal.kind === 'cme')
}

/** Asks once; again only where what came was the late answer to something else. */
async function probe(wire: Wire): Promise<Outcome<unknown>> {
  let refusal: Refusal = { kind: 'silence', afterMs: patience }
  for (let attempt = 0; attempt < tries; attempt++) {
    const outcome = await wire.ask(cmeeRead, patience)
    if (outcome.ok) {
      // Earlier questions may still be answered: those answers must not meet the next command.
      if (attempt > 0) await wire.quiet(patience / 2)
      return outcome
    }
    refusal = outcome.refusal
    if (refusal.kind === 'silence' || refusal.kind === 'unplugged' || refusal.kind === 'aborted') break
  }
  return refused(refusal)
}
