import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import { placeWords } from '../place.ts'
import { stoppedBy } from '../stopped-by.ts'
import type { Typed } from '../verb.ts'
import type { BrokerOrder } from './broker-order.ts'
import type { Target } from './targets.ts'

/** The certificates in words: `CN=BT36 (serial 5f0e…)`. */
export function told(targets: readonly Target[]): string {
  return targets.map(({ subject, serial }) => `${subject} (serial ${serial})`).join(' and ')
}

/** What `--dry-run` says. */
export function toldAsPlan(output: Output, targets: readonly Target[], { door, files }: BrokerOrder): Ending {
  const place = placeWords(door.host, door.port)
  const words = `Would revoke ${told(targets)}, put a new list in ${files.crlFile}, have the broker at ${place} load it, and end the live session.`
  output.event('revocation', { step: 'planned', seconds: 0 }, words)
  return { exit: 1, more: { dryRun: true, serials: targets.map(({ serial }) => serial) } }
}

/** Asks before somebody is put out. `--yes` answers; where nobody sits, the answer is no. */
export async function confirmed(
  context: Context,
  output: Output,
  { options, line }: Typed,
  targets: readonly Target[],
): Promise<Ending | undefined> {
  if (context.signal.aborted) return interrupted(line, context.signal)
  if (options['yes'] === true) return undefined
  if (context.ask === undefined) return declined('nobody is there to ask', `${line} --yes`)
  const last = (targets.at(-1)?.serial ?? '').slice(-4)
  output.warn(
    'confirm',
    `This will revoke ${told(targets)}. It cannot be taken back: the board needs a new certificate.`,
  )
  const answer = await context.ask('Type the last four digits of the serial number to go on: ')
  if (context.signal.aborted) return interrupted(line, context.signal)
  return answer?.trim().toLowerCase() === last
    ? undefined
    : declined('the four digits were not those of the serial number', line)
}

function declined(why: string, next: string): Ending {
  return { exit: 6, failure: { what: 'it was not confirmed', state: 'nothing was revoked', why, next } }
}

function interrupted(next: string, signal: AbortSignal): Ending {
  const why = `${stoppedBy(signal)}, before anything was written down`
  return { exit: 1, failure: { what: 'interrupted', state: 'nothing was revoked', why, next } }
}
