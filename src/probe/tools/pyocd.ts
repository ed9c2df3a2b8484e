import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'
import { chipOf, factoryWords, hexNumber, lockedChip, someNrf91, wholePages } from '../part.ts'
import { call, lastWords, type Said } from '../process.ts'
import { type Meanings, memory, refusalOf } from '../refusals.ts'
import { type Scratch, withScratch } from '../scratch.ts'
import type { Chip, Lack, Probe, ProbeTool, Stretch, ToolRefusal, ToolSurroundings } from '../tool.ts'
import { pyocdList } from './lists.ts'

/** PROBE-42: what pyOCD says where it does not do it. */
const meanings: Meanings = [
  [/No connected debug probe/, 'no-probe'],
  [/APPROTECT enabled/, 'locked'],
  [/memory transfer failed|Probe error|No such device|device disconnected/i, 'unplugged'],
  [/No ACK|No cores were discovered|Error while initing target/i, 'no-chip'],
]

/** PROBE-41, PROBE-52 */
const lacks: readonly Lack[] = [
  { cannot: 'verify', why: 'pyOCD does not read back what it has programmed' },
  {
    cannot: 'keep-open',
    why: 'what it has erased stays open until its next reset only, where the lock is hardened, as on all nRF91x1',
  },
  { cannot: 'tell-part', why: 'of a locked chip it does not tell which nRF91 it is; nrfutil does' },
]

/** pyOCD: https://pyocd.io. PROBE-38 to PROBE-43 */
export function pyocd(path: string, surroundings: ToolSurroundings): ProbeTool {
  const run: Run = (args, after, work = {}) =>
    withScratch(surroundings.folder, async (scratch) => {
      work.before?.(scratch)
      // A project's file or script in the present folder could change what is done: there is none in this one.
      const order = { path, args, cwd: scratch.folder, writes: work.writes === true }
      const called = await call(order, surroundings)
      if (!called.ok) return called
      return called.value.exit === 0 ? after(called.value, scratch) : refused(refusalOf(called.value, meanings))
    })
  return {
    name: 'pyocd',
    path,
    lacks,
    probes: () => run(['json', '--probes'], listed),
    at: (serial) => probe(serial, run),
  }
}

type Run = <T>(
  args: readonly string[],
  after: (said: Said, scratch: Scratch) => Outcome<T, ToolRefusal>,
  work?: { writes?: boolean; before?: (scratch: Scratch) => void },
) => Promise<Outcome<T, ToolRefusal>>

const done = (): Outcome<void, never> => ok(undefined)

/** PROBE-39: left alone, pyOCD erases a locked chip on sight, and writes UICR of one that locks itself, even to read. */
const target = ['--no-config', '-W', '-t', 'nrf91']
const careful = [...target, '-O', 'auto_unlock=false']
/** PROBE-40: what was halted in old code is not to run on in new code. */
const halted = ['-O', 'resume_on_disconnect=false']

function probe(serial: string, run: Run): Probe {
  const remember = memory()
  const on = ['--uid', serial]
  const change = async (
    args: readonly string[],
    before: (scratch: Scratch) => void = () => {},
  ): Promise<Outcome<void, ToolRefusal>> => remember(await run(args, done, { writes: true, before }))
  const read = async ({ from, to }: Stretch): Promise<Outcome<Bytes, ToolRefusal>> => {
    const command = `savemem ${hexNumber(from)} ${to - from} read.bin`
    const args = ['cmd', ...on, ...careful, '-M', 'attach', '-c', command]
    const before = (scratch: Scratch): void => scratch.put('read.bin', '')
    return remember(await run(args, (said, scratch) => whole(scratch.read('read.bin'), to - from, said), { before }))
  }
  return {
    read,
    async identify(): Promise<Outcome<Chip, ToolRefusal>> {
      const said = await read(factoryWords)
      if (said.ok) return chipOf(said.value)
      return said.refusal.kind === 'locked' ? ok(lockedChip(someNrf91)) : said
    },
    program(hexFile) {
      const how = ['--erase', 'sector', '--format', 'hex', '--no-reset', 'image.hex']
      return change(['load', ...on, ...careful, ...halted, ...how], (scratch) => scratch.link('image.hex', hexFile))
    },
    async erase(stretch) {
      wholePages(stretch)
      const range = `${hexNumber(stretch.from)}-${hexNumber(stretch.to)}`
      return change(['erase', ...on, ...careful, ...halted, '--sector', range])
    },
    reset: () => change(['reset', ...on, ...careful]),
    // The one place where a locked chip is to be erased on sight.
    recover: () => change(['erase', ...on, ...target, '-O', 'auto_unlock=true', '--mass']),
  }
}

function whole(bytes: Bytes, wanted: number, { out, err }: Said): Outcome<Bytes, ToolRefusal> {
  if (bytes.length === wanted) return ok(bytes)
  const why = `it gave ${bytes.length} of ${wanted} bytes`
  return refused({ kind: 'garbled', words: lastWords(`${out}\n${err}`), why })
}

function listed({ out }: Said): Outcome<readonly string[], ToolRefusal> {
  const serials = pyocdList(out)
  if (serials !== undefined) return ok(serials)
  return refused({ kind: 'garbled', words: lastWords(out), why: 'this is not its list of probes' })
}
