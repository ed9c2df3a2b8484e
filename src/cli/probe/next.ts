import type { ProbeRun, StepRefusal } from '../../probe/index.ts'
import { listing } from './listing.ts'

type Next = {
  readonly [K in StepRefusal['kind']]?: (
    refusal: Extract<StepRefusal, { kind: K }>,
    again: string,
    run: ProbeRun,
  ) => string
}

/** Where the same command again is not what helps. */
const next: Next = {
  'not-confirmed': (_, again) => `${again} --yes`,
  'no-application': (_, again) => `${again} --program-app APP.hex`,
  'still-locked': (_, again) => unlocked(again),
  locked: (_, again) => unlocked(again),
  'wrong-part': ({ part }) => `west build -b ${boardOf(part)} examples/ncs/writer   # then --writer build/merged.hex`,
  disk: (_, again) => `df -h   # make room, or bring the folder back; then ${again}`,
  'shared-chip': ({ with: other }, again, { serial, tool }) =>
    other.startsWith(`probe ${serial},`)
      ? `${again}   # when the other run is over`
      : `${listing[tool]}   # each probe belongs to a board of its own; then ${again}`,
  lost: (_, again) => `${again} --program-app APP.hex`,
}

/** What to type after a step was refused. `again` is the command line as it was. */
export function nextAfter(run: ProbeRun, refusal: StepRefusal, again: string): string {
  const { tool, serial } = run
  // This tool does not tell a locked chip from one without power.
  if (refusal.kind === 'no-chip' && tool === 'jlink')
    return `nrfutil device protection-get --serial-number ${serial}   # says whether it is locked`
  const words = next[refusal.kind] as ((refusal: StepRefusal, again: string, run: ProbeRun) => string) | undefined
  return words?.(refusal, again, run) ?? again
}

function unlocked(again: string): string {
  const unlock = again.includes(' --unlock') ? '' : ' --unlock'
  const application = again.includes(' --program-app') ? '' : ' --program-app APP.hex'
  return `${again}${unlock}${application}   # erases all that is on the chip`
}

/** The board of the SDK whose image runs on a part: the SDK has no plain nRF91x1. */
function boardOf(part: string): string {
  return part === 'nRF9160' ? 'nrf9160dk/nrf9160/ns' : 'nrf9151dk/nrf9151/ns'
}
