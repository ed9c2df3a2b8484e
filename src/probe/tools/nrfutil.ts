import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'
import { chipOf, factoryWords, hexNumber, lockedChip, wholePages } from '../part.ts'
import { call, type Said } from '../process.ts'
import { type Meanings, memory, refusalOf } from '../refusals.ts'
import type { Chip, Probe, ProbeTool, Stretch, ToolRefusal, ToolSurroundings } from '../tool.ts'
import { bytesIn, partIn, serialsIn, type TaskEnd, taskEnd } from './nrfutil-messages.ts'

/** PROBE-25, PROBE-26: what `nrfutil device` says where it does not do it. */
const meanings: Meanings = [
  [/No devices with requested serial number/, 'no-probe'],
  [/DeviceDisconnected|device was disconnected/i, 'unplugged'],
  [/NotAvailableBecause\w*Protection|access port is protected/, 'locked'],
  [/VerifyFailed|Verification failed/i, 'differs'],
  [/Failed to attach to target|LowVoltage/, 'no-chip'],
]

/** PROBE-26: the numbers of `task_end`. */
const codes: Record<number, 'locked' | 'differs'> = { 24: 'locked', 25: 'differs' }

/** `nrfutil device`, of Nordic's nRF Util: https://docs.nordicsemi.com/bundle/nrfutil. PROBE-21 to PROBE-28 */
export function nrfutil(path: string, surroundings: ToolSurroundings): ProbeTool {
  const run = (args: readonly string[], writes = false): Promise<Outcome<unknown, ToolRefusal>> =>
    device(path, args, writes, surroundings)
  return {
    name: 'nrfutil',
    path,
    lacks: [],
    async probes() {
      const listed = await run(['list', '--traits', 'jlink'])
      return listed.ok ? serialsIn(listed.value) : listed
    },
    at: (serial) => probe(serial, run),
  }
}

type Run = (args: readonly string[], writes?: boolean) => Promise<Outcome<unknown, ToolRefusal>>

function probe(serial: string, run: Run): Probe {
  const remember = memory()
  const on = async (args: readonly string[], writes = false): Promise<Outcome<unknown, ToolRefusal>> =>
    remember(await run([...args, '--serial-number', serial], writes))
  const change = async (...args: string[]): Promise<Outcome<void, ToolRefusal>> => {
    const outcome = await on(args, true)
    return outcome.ok ? ok(undefined) : outcome
  }
  const read = async ({ from, to }: Stretch): Promise<Outcome<Bytes, ToolRefusal>> => {
    const said = await on(['read', '--address', hexNumber(from), '--bytes', String(to - from), '--width', '8'])
    return said.ok ? bytesIn(said.value, { from, to }) : said
  }
  return {
    read,
    async identify(): Promise<Outcome<Chip, ToolRefusal>> {
      const said = await read(factoryWords)
      if (said.ok) return chipOf(said.value)
      if (said.refusal.kind !== 'locked') return said
      const told = await on(['device-info'])
      return told.ok ? ok(lockedChip(partIn(told.value))) : told
    },
    program: (hexFile) => change('program', '--firmware', hexFile, '--options', programming),
    async erase(stretch) {
      wholePages(stretch)
      return change('erase', '--pages', `${hexNumber(stretch.from)}-${hexNumber(stretch.to)}`)
    },
    reset: () => change('reset', '--reset-kind', 'RESET_SYSTEM'),
    recover: () => change('recover'),
  }
}

/** PROBE-22: left alone, `program` erases everything, UICR too. */
const programming = 'chip_erase_mode=ERASE_RANGES_TOUCHED_BY_FIRMWARE,verify=VERIFY_READ,reset=RESET_NONE'

async function device(
  path: string,
  args: readonly string[],
  writes: boolean,
  surroundings: ToolSurroundings,
): Promise<Outcome<unknown, ToolRefusal>> {
  const order = { path, args: ['device', ...args, '--json'], cwd: surroundings.folder, writes }
  const called = await call(order, surroundings)
  if (!called.ok) return called
  const said = called.value
  const end = taskEnd(said.out)
  if (said.exit !== 0 || end?.failed === true) return refused(refusalIn(said, end))
  if (end === undefined) return refused({ kind: 'garbled', words: said.out.slice(-200), why: 'no task ended' })
  return ok(end.data)
}

function refusalIn(said: Said, end: TaskEnd | undefined): ToolRefusal {
  const byNumber = codes[end?.code ?? 0]
  const refusal = refusalOf({ ...said, out: end?.description ?? '' }, meanings)
  return byNumber === undefined ? refusal : { ...refusal, kind: byNumber }
}
