import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'
import { chipOf, factoryWords, hexNumber, lockedChip, someNrf91, wholePages } from '../part.ts'
import { call } from '../process.ts'
import { type Meanings, memory, refusalOf, sameSerial } from '../refusals.ts'
import { type Scratch, withScratch } from '../scratch.ts'
import type { Chip, Lack, Probe, ProbeTool, Stretch, ToolRefusal, ToolSurroundings } from '../tool.ts'
import { type ListedProbe, probeRsList } from './lists.ts'

/** Said of a probe that is gone, that somebody else has, and that this user may not open; the list tells the first of them. */
const notOpened = /Failed to open probe|Probe is already in use/i

/** PROBE-48: what probe-rs says where it does not do it. */
const meanings: Meanings = [
  [/Probe not found|No connected probes were found|debug probe was not found/i, 'no-probe'],
  [/lacked the permission to do so: erase_all|permissions were not given: erase_all|Could not unlock/, 'locked'],
  [/contents do not match|verification failed|Verify/i, 'differs'],
  [notOpened, 'failed'],
  [/USB error|usb|disconnected/i, 'unplugged'],
  [/No target responded|Connecting to the chip was unsuccessful/, 'no-chip'],
]

/** PROBE-46 */
const lacks: readonly Lack[] = [
  {
    cannot: 'keep-open',
    why: 'where the lock is hardened, as on all nRF91x1, it erases the chip and leaves it locked, or open until its next reset only',
  },
  { cannot: 'tell-part', why: 'of a locked chip it does not tell which nRF91 it is; nrfutil does' },
]

/** probe-rs: https://probe.rs. PROBE-44 to PROBE-49 */
export function probeRs(path: string, surroundings: ToolSurroundings): ProbeTool {
  const run: Run = (args, work = {}) =>
    withScratch(surroundings.folder, async (scratch) => {
      work.before?.(scratch)
      const called = await call({ path, args, cwd: scratch.folder, writes: work.writes === true }, surroundings)
      if (!called.ok) return called
      if (called.value.exit !== 0) return refused(refusalOf(called.value, meanings))
      return ok({ out: called.value.out, bytes: work.reads === undefined ? nothing : scratch.read(work.reads) })
    })
  const list: List = async () => {
    const said = await run(['list'])
    return said.ok ? ok(probeRsList(said.value.out)) : said
  }
  return {
    name: 'probe-rs',
    path,
    lacks,
    async probes() {
      const found = await list()
      return found.ok ? ok(found.value.map(({ serial }) => serial)) : found
    },
    at: (serial) => probe(onProbe(serial, run, list)),
  }
}

interface Work {
  writes?: boolean
  before?: (scratch: Scratch) => void
  reads?: string
}

type Run = (args: readonly string[], work?: Work) => Promise<Outcome<{ out: string; bytes: Bytes }, ToolRefusal>>

type List = () => Promise<Outcome<readonly ListedProbe[], ToolRefusal>>

const nothing: Bytes = new Uint8Array()

type On = (command: readonly string[], work?: Work) => Promise<Outcome<Bytes, ToolRefusal>>

/** Calls it on one probe. PROBE-45: that is named by its maker's numbers too, which the list tells. */
function onProbe(serial: string, run: Run, list: List): On {
  const remember = memory()
  let selector: string | undefined
  const listed = async (): Promise<Outcome<ListedProbe, ToolRefusal>> => {
    const found = await list()
    if (!found.ok) return found
    const match = found.value.find((one) => sameSerial(one.serial, serial))
    return match === undefined ? refused({ kind: 'no-probe', words: `probe-rs lists no probe ${serial}` }) : ok(match)
  }
  return async (command, work = {}) => {
    if (selector === undefined) {
      const found = await listed()
      if (!found.ok) return remember(found)
      selector = `${found.value.kind}:${found.value.serial}`
    }
    const said = await run([...command, '--chip', 'nRF9160_xxAA', '--protocol', 'swd', '--probe', selector], work)
    if (said.ok) return remember(ok(said.value.bytes))
    const gone = notOpened.test(said.refusal.words) ? await listed() : said
    return remember(gone.ok ? said : gone)
  }
}

function probe(on: On): Probe {
  const change = async (
    command: readonly string[],
    before?: (scratch: Scratch) => void,
  ): Promise<Outcome<void, ToolRefusal>> => {
    const outcome = await on(command, { writes: true, ...(before !== undefined && { before }) })
    return outcome.ok ? ok(undefined) : outcome
  }
  const read = async ({ from, to }: Stretch): Promise<Outcome<Bytes, ToolRefusal>> => {
    const args = ['read', 'b8', hexNumber(from), String(to - from), '--output', 'read.bin', '--format', 'binary']
    const said = await on(args, { reads: 'read.bin', before: (scratch) => scratch.put('read.bin', '') })
    if (!said.ok || said.value.length === to - from) return said
    return refused({ kind: 'garbled', words: 'read', why: `it gave ${said.value.length} of ${to - from} bytes` })
  }
  const download = ['download', '--disable-progressbars', '--verify']
  return {
    read,
    async identify(): Promise<Outcome<Chip, ToolRefusal>> {
      const said = await read(factoryWords)
      if (said.ok) return chipOf(said.value)
      return said.refusal.kind === 'locked' ? ok(lockedChip(someNrf91)) : said
    },
    program: (hexFile) =>
      change([...download, '--binary-format', 'hex', 'image.hex'], (scratch) => scratch.link('image.hex', hexFile)),
    /** PROBE-47: it erases all or what it programs, so blank pages are programmed. */
    async erase(stretch) {
      wholePages(stretch)
      const blank = new Uint8Array(stretch.to - stretch.from).fill(0xff)
      const base = ['--binary-format', 'bin', '--base-address', hexNumber(stretch.from), 'blank.bin']
      return change([...download, ...base], (scratch) => scratch.put('blank.bin', blank))
    },
    reset: () => change(['reset']),
    recover: () => change(['erase', '--disable-progressbars', '--allow-erase-all']),
  }
}
