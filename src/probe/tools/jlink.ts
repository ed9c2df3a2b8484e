import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'
import { chipOf, factoryWords, hexNumber, wholePages } from '../part.ts'
import { call, lastWords, type Said } from '../process.ts'
import { type Meanings, memory, refusalOf } from '../refusals.ts'
import { type Scratch, withScratch } from '../scratch.ts'
import type { Lack, Probe, ProbeTool, Stretch, ToolRefusal, ToolSurroundings } from '../tool.ts'
import { jlinkList } from './lists.ts'

/** PROBE-35: what J-Link Commander says where it does not do it. */
const meanings: Meanings = [
  [/Connecting to J-Link via USB\.\.\.FAILED|Cannot connect to the probe/i, 'no-probe'],
  [/J-Link connection not established|J-Link connection lost|connection to J-Link/i, 'unplugged'],
  [/verif\w+ failed|Writing failed|Error while programming flash|Programming failed/i, 'differs'],
  [
    /(?:Cannot|Could not) connect to (?:the )?target|Failed to power up DAP|Target connection not established/i,
    'no-chip',
  ],
]

const lacks: readonly Lack[] = [
  { cannot: 'recover', why: 'J-Link Commander has no documented command that unlocks an nRF91' },
  {
    cannot: 'tell-lock',
    why: 'a locked chip looks to it like one without power; `nrfutil device protection-get` tells them apart',
  },
]

/** SEGGER's J-Link Commander: https://kb.segger.com/J-Link_Commander. PROBE-31 to PROBE-36 */
export function jlink(path: string, surroundings: ToolSurroundings): ProbeTool {
  const run: Run = (options, script, work = {}) =>
    withScratch(surroundings.folder, async (scratch) => {
      work.before?.(scratch)
      scratch.put('commands.jlink', `${[...script, 'exit'].join('\n')}\n`)
      const args = ['-NoGui', '1', '-ExitOnError', '1', ...options, '-CommandFile', 'commands.jlink']
      const called = await call({ path, args, cwd: scratch.folder, writes: work.writes === true }, surroundings)
      if (!called.ok) return called
      const said = called.value
      // PROBE-34: it may go on after a command failed and end well; what it does not confirm was not done.
      const refusal = refusalOf(said, meanings)
      const confirmed = work.confirms === undefined || work.confirms.test(said.out)
      if (said.exit !== 0 || !confirmed || refusal.kind !== 'failed') return refused(refusal)
      return ok({ said, bytes: work.reads === undefined ? nothing : scratch.read(work.reads) })
    })
  return {
    name: 'jlink',
    path,
    lacks,
    async probes() {
      const said = await run([], ['ShowEmuList USB'])
      if (!said.ok) return said
      return ok(jlinkList(said.value.said.out))
    },
    at: (serial) => probe(serial, run),
  }
}

interface Work {
  writes?: boolean
  before?: (scratch: Scratch) => void
  reads?: string
  confirms?: RegExp
}

type Run = (
  options: readonly string[],
  script: readonly string[],
  work?: Work,
) => Promise<Outcome<{ said: Said; bytes: Bytes }, ToolRefusal>>

const nothing: Bytes = new Uint8Array()
const wire = ['-If', 'SWD', '-Speed', '4000', '-AutoConnect', '1']
/** PROBE-37: asked for the chip by its name it might offer to erase a locked one; of the core alone it knows nothing to erase. */
const core = ['-Device', 'Cortex-M33', ...wire]
/** Flash is programmed by the chip's name only. */
const chip = ['-Device', 'nRF9160_xxAA', ...wire]

function probe(serial: string, run: Run): Probe {
  const remember = memory()
  const on = async (
    target: readonly string[],
    script: readonly string[],
    work: Work,
  ): Promise<Outcome<{ said: Said; bytes: Bytes }, ToolRefusal>> =>
    remember(await run(['-SelectEmuBySN', serial.replace(/^0+(?=.)/, ''), ...target], script, work))
  const change = async (script: readonly string[], work: Work): Promise<Outcome<void, ToolRefusal>> => {
    const outcome = await on(chip, script, { ...work, writes: true })
    return outcome.ok ? ok(undefined) : outcome
  }
  const read = async ({ from, to }: Stretch): Promise<Outcome<Bytes, ToolRefusal>> => {
    const script = [`savebin read.bin ${hexNumber(from)} ${hexNumber(to - from)}`]
    const before = (scratch: Scratch): void => scratch.put('read.bin', '')
    const outcome = await on(core, script, { before, reads: 'read.bin', confirms: /into file\.\.\.O\.K\./ })
    if (!outcome.ok) return outcome
    const { bytes, said } = outcome.value
    if (bytes.length === to - from) return ok(bytes)
    return refused({
      kind: 'garbled',
      words: lastWords(said.out),
      why: `it gave ${bytes.length} of ${to - from} bytes`,
    })
  }
  return {
    read,
    async identify() {
      const said = await read(factoryWords)
      return said.ok ? chipOf(said.value) : said
    },
    program: (hexFile) =>
      change(['r', 'loadfile image.hex'], {
        before: (scratch) => scratch.link('image.hex', hexFile),
        confirms: /Downloading file[^]*^O\.K\./m,
      }),
    async erase(stretch) {
      wholePages(stretch)
      // PROBE-33: whether the second address is erased too is not said; the last one inside is right either way.
      const script = ['r', `erase ${hexNumber(stretch.from)} ${hexNumber(stretch.to - 1)}`]
      return change(script, { confirms: /Erasing done\.|Flash sectors within Range .* deleted\./ })
    },
    reset: () => change(['r', 'g'], { confirms: /Reset type:? NORMAL|Reset delay/ }),
    recover: () => Promise.resolve(refused({ kind: 'lacks', cannot: 'recover', words: lacks[0]?.why ?? '' })),
  }
}
