import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'
import { chipOf, factoryWords, hexNumber, lockedChip, wholePages } from '../part.ts'
import { call, type Said } from '../process.ts'
import { type Meanings, memory, refusalOf } from '../refusals.ts'
import { type Scratch, withScratch } from '../scratch.ts'
import type { Chip, Probe, ProbeTool, Stretch, ToolRefusal, ToolSurroundings } from '../tool.ts'

/** PROBE-42: what pyOCD says where it does not do it. */
const meanings: Meanings = [
  [/No connected debug probe/, 'no-probe'],
  [/APPROTECT enabled/, 'locked'],
  [/memory transfer failed|Probe error|No such device|device disconnected/i, 'unplugged'],
  [/No ACK|No cores were discovered|Error while initing target/i, 'no-chip'],
]

/** pyOCD: https://pyocd.io. PROBE-38 to PROBE-43 */
export function pyocd(path: string, surroundings: ToolSurroundings): ProbeTool {
  const run: Run = (args, work = {}) =>
    withScratch(surroundings.folder, async (scratch) => {
      work.before?.(scratch)
      // A project's file or script in the present folder could change what is done: there is none in this one.
      const order = { path, args, cwd: scratch.folder, writes: work.writes === true }
      const called = await call(order, surroundings)
      if (!called.ok) return called
      return called.value.exit === 0
        ? (work.after?.(called.value, scratch) ?? ok(nothing))
        : refused(refusalOf(called.value, meanings))
    })
  return {
    name: 'pyocd',
    path,
    lacks: [{ cannot: 'verify', why: 'pyOCD does not read back what it has programmed' }],
    async probes() {
      const listed: string[] = []
      const outcome = await run(['json', '--probes'], { after: ({ out }) => uniqueIds(out, listed) })
      return outcome.ok ? ok(listed) : outcome
    },
    at: (serial) => probe(serial, run),
  }
}

type Run = (
  args: readonly string[],
  work?: {
    writes?: boolean
    before?: (scratch: Scratch) => void
    after?: (said: Said, scratch: Scratch) => Outcome<Bytes, ToolRefusal>
  },
) => Promise<Outcome<Bytes, ToolRefusal>>

const nothing: Bytes = new Uint8Array()

/** PROBE-39: left alone, pyOCD erases a locked chip on sight, and writes UICR of one that locks itself, even to read. */
const careful = ['--no-config', '-W', '-t', 'nrf91', '-O', 'auto_unlock=false']
/** PROBE-40: what was halted in old code is not to run on in new code. */
const halted = ['-O', 'resume_on_disconnect=false']

function probe(serial: string, run: Run): Probe {
  const remember = memory()
  const on = ['--uid', serial]
  const change = async (
    args: readonly string[],
    before?: (scratch: Scratch) => void,
  ): Promise<Outcome<void, ToolRefusal>> => {
    const outcome = remember(await run(args, { writes: true, ...(before !== undefined && { before }) }))
    return outcome.ok ? ok(undefined) : outcome
  }
  const read = async ({ from, to }: Stretch): Promise<Outcome<Bytes, ToolRefusal>> => {
    const command = `savemem ${hexNumber(from)} ${to - from} read.bin`
    const args = ['cmd', ...on, ...careful, '-M', 'attach', '-c', command]
    return remember(
      await run(args, {
        before: (scratch) => scratch.put('read.bin', nothing),
        after: (said, scratch) => whole(scratch.read('read.bin'), to - from, said),
      }),
    )
  }
  return {
    read,
    async identify(): Promise<Outcome<Chip, ToolRefusal>> {
      const said = await read(factoryWords)
      if (said.ok) return chipOf(said.value)
      return said.refusal.kind === 'locked' ? ok(lockedChip('nRF91')) : said
    },
    program: (hexFile) =>
      change(
        ['load', ...on, ...careful, ...halted, '--erase', 'sector', '--format', 'hex', '--no-reset', 'image.hex'],
        (scratch) => scratch.link('image.hex', hexFile),
      ),
    async erase(stretch) {
      wholePages(stretch)
      const range = `${hexNumber(stretch.from)}-${hexNumber(stretch.to)}`
      return change(['erase', ...on, ...careful, ...halted, '--sector', range])
    },
    reset: () => change(['reset', ...on, ...careful]),
    // The one place where a locked chip may be erased on sight.
    recover: () => change(['erase', ...on, '--no-config', '-W', '-t', 'nrf91', '-O', 'auto_unlock=true', '--mass']),
  }
}

function whole(bytes: Bytes, wanted: number, { out, err }: Said): Outcome<Bytes, ToolRefusal> {
  if (bytes.length === wanted) return ok(bytes)
  const why = `it gave ${bytes.length} of ${wanted} bytes`
  return refused({ kind: 'garbled', words: `${out}${err}`.slice(-300).trim(), why })
}

/** PROBE-38: `{ "status": 0, "boards": [{ "unique_id": … }] }` */
function uniqueIds(out: string, into: string[]): Outcome<Bytes, ToolRefusal> {
  try {
    const { boards } = JSON.parse(out) as { boards: { unique_id: string }[] }
    into.push(...boards.map((board) => board.unique_id))
    return ok(nothing)
  } catch {
    return refused({ kind: 'garbled', words: out.slice(0, 200), why: 'this is not its list of probes' })
  }
}
