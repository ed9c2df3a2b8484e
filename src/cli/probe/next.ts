import { memoryFull } from '../../numbers/index.ts'
import type { ProbeRun, StepRefusal, ToolName } from '../../probe/index.ts'
import type { Refusal } from '../../terms/index.ts'
import { shellWord } from '../shell-word.ts'
import { rttLine } from './more-proof.ts'
import { listing } from './listing.ts'

/** How the command was typed, and what there is for another one. */
export interface Again {
  /** The command line, for this board only. */
  readonly line: string
  /** Whether it names no other board. */
  readonly alone: boolean
  /** The probe tools on PATH. */
  readonly tools: readonly ToolName[]
  /** Whether the page was typed, and the writer names it nowhere. */
  readonly pageDoubted: boolean
}

type Next = {
  readonly [K in StepRefusal['kind']]?: (
    refusal: Extract<StepRefusal, { kind: K }>,
    again: Again,
    run: ProbeRun,
  ) => string
}

/** Where the same command again is not what helps. */
const next: Next = {
  lacks: (_, { line }) => withTool(line, 'nrfutil'),
  closing: (_, { line }) => unlocked(withTool(line, 'nrfutil')),
  'not-confirmed': (_, { line }) => `${line} --yes`,
  reprogrammed: (_, { line }) => `${line} --program-app APP.hex   # the one that is to be there`,
  'no-application': (_, { line }) => `${line} --program-app APP.hex`,
  'still-locked': (_, { line }) => unlocked(line),
  // It was open when it was looked at: what unlocked it did not keep it open.
  locked: (_, { line }) => unlocked(withTool(line, 'nrfutil')),
  'closes-port': (_, { line }, { saved }) =>
    unlocked(
      withTool(`${withoutOption(line, 'writer')} --writer OTHER.hex`, 'nrfutil'),
      typeof saved === 'object' ? shellWord(saved.file) : undefined,
    ),
  'uicr-taken': (_, { line }, { serial }) =>
    `nrfutil device recover --serial-number ${serial}   # erases all that is on the chip; then ${line}`,
  'wrong-part': ({ part }) => `${buildOf(part)}   # then --writer build/merged.hex`,
  disk: (_, { line }) => `df -h   # make room, or bring the folder back; then ${line}`,
  lost: (_, { line }) => `${line} --program-app APP.hex`,
  'shared-chip': ({ with: other }, { line }, { serial, tool }) =>
    other.startsWith(`probe ${serial},`)
      ? `${line}   # when the other run is over`
      : `${listing[tool]}   # each probe belongs to a board of its own; then ${line}`,
  // The group: a tool may have started others.
  'tool-at-work': ({ process }, { line }) => `kill -KILL -${process}   # or wait until it has ended; then ${line}`,
  'no-probe': ({ there }, again, run) => otherProbe(there ?? [], again, run),
  'no-chip': (_, again, run) => poweredOrLocked(again, run),
  unusable: (_, again, { tool }) => {
    const other = again.tools.find((name) => name !== tool)
    if (other !== undefined) return withTool(again.line, other)
    return tool === 'nrfutil' ? `nrfutil install device   # then ${again.line}` : again.line
  },
  'never-answered': (_, { line, pageDoubted }) => (pageDoubted ? withoutOption(line, 'writer-page') : line),
}

/** What to type after a step was refused. */
export function nextAfter(run: ProbeRun, refusal: StepRefusal, again: Again): string {
  // The same again would unlock it as little as before.
  if (run.done.includes('unlock') && (refusal.kind === 'closing' || refusal.kind === 'still-locked'))
    return run.tool === 'nrfutil' ? asksProtection(run.serial) : unlocked(withTool(again.line, 'nrfutil'))
  const words = next[refusal.kind] as ((refusal: StepRefusal, again: Again, run: ProbeRun) => string) | undefined
  return words?.(refusal, again, run) ?? again.line
}

/** What to type after the modem has refused an item. Where a slot must be free first, no probe reaches it. */
export function nextAfterNo(refusal: Refusal | undefined, { line }: Again): string {
  if (refusal?.kind === 'cme' && needsErase.has(refusal.code))
    return `${rttLine.replace('verify', 'list')}   # or over a cable; erase there what is not needed, then ${line}`
  return `${line}   # after that`
}

/** Also: the slot is taken (CME-14, CME-16). */
const needsErase: ReadonlySet<number> = new Set([memoryFull, 519])

/** The command line with this tool, whichever was typed. */
export function withTool(line: string, tool: ToolName): string {
  return `${withoutOption(line, 'probe-tool')} --probe-tool ${tool}`
}

/** The command line without an option and its value. */
export function withoutOption(line: string, name: string): string {
  return line.replace(new RegExp(` --${name}[ =]\\S+`, 'g'), '')
}

/** The one that is plugged in, where there is one and nothing else was meant; else their list. */
function otherProbe(there: readonly string[], { line, alone }: Again, { serial, tool }: ProbeRun): string {
  const [only, ...rest] = there
  const named = ` --probe ${serial}`
  if (only !== undefined && rest.length === 0 && alone && line.includes(named))
    return `${line.replace(named, ` --probe ${only}`)}   # if that is the board`
  return `${listing[tool]}   # then the same with the number that it lists`
}

/** J-Link does not tell a locked chip from one without power. */
function poweredOrLocked({ line, tools }: Again, { tool, serial }: ProbeRun): string {
  if (tool !== 'jlink') return `${line}   # when the board has power`
  if (tools.includes('nrfutil')) return asksProtection(serial)
  const other = tools.find((name) => name !== tool)
  if (other !== undefined) return `${withTool(line, other)}   # that one tells a locked chip from one without power`
  return `${line}   # when the board has power; whether it is locked, pyocd, probe-rs and nrfutil device tell`
}

function asksProtection(serial: string): string {
  return `nrfutil device protection-get --serial-number ${serial}   # says whether it is locked`
}

function unlocked(line: string, kept = 'APP.hex'): string {
  const unlock = line.includes(' --unlock') ? '' : ' --unlock'
  const application = line.includes(' --program-app') ? '' : ` --program-app ${kept}`
  return `${line}${unlock}${application}   # erases all that is on the chip`
}

/** What builds a writer for a part, by the board of the SDK whose image runs on it: the SDK has no plain nRF91x1. */
export function buildOf(part: string): string {
  const board = part === 'nRF9160' ? 'nrf9160dk/nrf9160/ns' : 'nrf9151dk/nrf9151/ns'
  return `west build -b ${board} examples/ncs/writer`
}
