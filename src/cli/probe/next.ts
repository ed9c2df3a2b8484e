import type { ProbeRun, StepRefusal } from '../../probe/index.ts'

type Next = {
  readonly [K in StepRefusal['kind']]?: (refusal: Extract<StepRefusal, { kind: K }>, again: string) => string
}

/** Where the same command again is not what helps. */
const next: Next = {
  lacks: (_, again) => withNrfutil(again),
  closing: (_, again) => unlocked(withNrfutil(again)),
  'not-confirmed': (_, again) => `${again} --yes`,
  'no-application': (_, again) => `${again} --program-app APP.hex`,
  'still-locked': (_, again) => unlocked(again),
  // It was open when it was looked at: what unlocked it did not keep it open.
  locked: (_, again) => unlocked(withNrfutil(again)),
  'wrong-part': ({ part }) => `west build -b ${boardOf(part)} examples/ncs/writer   # then --writer build/merged.hex`,
  'shared-chip': (_, again) => `${again}   # with one probe a board, when the other run is over`,
}

/** What to type after a step was refused. `again` is the command line as it was. */
export function nextAfter({ tool, serial, done }: ProbeRun, refusal: StepRefusal, again: string): string {
  // This tool does not tell a locked chip from one without power.
  const asked = `nrfutil device protection-get --serial-number ${serial}   # says whether it is locked`
  if (refusal.kind === 'no-chip' && tool === 'jlink') return asked
  // The same again would unlock it as little as before.
  if (done.includes('unlock') && (refusal.kind === 'closing' || refusal.kind === 'still-locked'))
    return tool === 'nrfutil' ? asked : unlocked(withNrfutil(again))
  const words = next[refusal.kind] as ((refusal: StepRefusal, again: string) => string) | undefined
  return words?.(refusal, again) ?? again
}

/** The tool that lacks nothing. */
function withNrfutil(again: string): string {
  return `${again.replace(/ --probe-tool[ =]\S+/, '')} --probe-tool nrfutil`
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
