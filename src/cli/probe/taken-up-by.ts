import type { ProbeRun } from '../../probe/index.ts'
import { credentialType } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { DiskWatch } from '../home/disk-trouble.ts'
import { existingHome, homePath } from '../home/home.ts'
import type { OpenProbeRun } from '../home/probe-journal.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import type { Typed } from '../verb.ts'
import { boardState } from './board-state.ts'
import { cutRuns } from './claim.ts'

/** `sectag resume` without a port, while runs by way of probes are open: what takes them up. Undefined where none is. */
export function takenUpByProbe(context: Context, { options }: Typed): Ending | undefined {
  const named = options['home'] as string | undefined
  const home = existingHome(homePath(named, context.env, context.cwd))
  let cut: readonly OpenProbeRun[] = []
  // What cannot be read is told where a home is needed; here it is asked in passing.
  if (home !== undefined) new DiskWatch().note(() => (cut = cutRuns(home)))
  const [first, ...rest] = cut
  if (first === undefined) return undefined
  const words = cut.map(({ run }) => `at probe ${run.serial}: ${boardState(run)}`)
  const again = `${applyLine(first.run)}${named === undefined ? '' : ` --home ${shellWord(named)}`}`
  const failure = {
    what: `no port was named, and ${cut.length === 1 ? 'a run' : `${cut.length} runs`} by way of a probe ${cut.length === 1 ? 'is' : 'are'} open`,
    state: words.join('; '),
    why: 'resume ends runs over a cable (--port or $SECTAG_PORT); by way of a probe the next apply on the board takes up what was left',
    next: `${again}${rest.length === 0 ? '' : '   # then the same for each of the others'}`,
  }
  return { exit: 2, failure, more: { probes: cut.map(({ run }) => run.serial) } }
}

const flags: ReadonlyMap<number, string> = new Map([
  [credentialType.rootCa, '--ca ROOT.crt'],
  [credentialType.clientCertificate, '--cert BOARD.crt'],
  [credentialType.privateKey, '--key BOARD.key'],
  [credentialType.psk, '--psk PSK'],
  [credentialType.pskIdentity, '--psk-identity NAME'],
])

/** A journal has no names of files: those are left to fill in. */
function applyLine({ serial, slots, application }: ProbeRun): string {
  const [tag, ...tags] = new Set(slots.map((slot) => slot.tag))
  const known = slots.every(({ type }) => flags.has(type))
  const wanted =
    tag === undefined || tags.length > 0 || !known
      ? 'MANIFEST.yaml'
      : [`--tag ${tag}`, ...slots.map(({ type }) => flags.get(type))].join(' ')
  const app = application === 'named' ? ' --program-app APP.hex' : ''
  return `sectag apply --probe ${serial} --writer WRITER.hex ${wanted}${app}`
}
