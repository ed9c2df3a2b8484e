import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Holder, isAlive as isThere, isGroupAlive, thisProcess } from '../../port/index.ts'
import type { Footprint, ProbeRun, ProbeStep, StepRefusal } from '../../probe/index.ts'
import type { Instant, Slot } from '../../terms/index.ts'
import type { Home } from './home.ts'
import { appendValue, hasDamage, readValues } from './json-lines.ts'
import type { KeyOfTag, OfTag, WrittenSlot } from './known.ts'

/** What a board is about to be given, by digests and fingerprints: what `known/<IMEI>.jsonl` is told as soon as its IMEI is known. */
export interface Given {
  readonly slots: readonly Slot[]
  readonly certificates: readonly OfTag[]
  readonly keys: readonly KeyOfTag[]
  readonly written: readonly WrittenSlot[]
}

/** What is written down about a run by way of a probe, each line before anybody hears of what it says. No key, no content. */
export type ProbeEntry =
  | { entry: 'begin'; at: Instant; run: ProbeRun; folder: string; process: number; since?: string; given: Given }
  /** The chip told its number: no other run may be at it. */
  | { entry: 'claim'; at: Instant; chipId: string }
  /** What was found on the chip, by this run or by the one before it. */
  | { entry: 'footprint'; at: Instant; footprint: Footprint }
  | { entry: 'step'; at: Instant; step: ProbeStep; run: ProbeRun }
  /** A tool is about to erase or program: it goes on where the process that had the run is killed. */
  | ({ entry: 'tool'; at: Instant } & Holder)
  | { entry: 'done'; at: Instant; step: ProbeStep; run: ProbeRun; refusal?: StepRefusal }
  /** The process that had it lets go of it, and it is not at its end. */
  | { entry: 'left'; at: Instant }
  | { entry: 'end'; at: Instant; how: string }

/** A run that has not ended, as its journal tells: of a living process, or cut. */
export interface OpenProbeRun {
  readonly run: ProbeRun
  readonly at: Instant
  /** Its private folder, where credentials may lie in a file; undefined where the line that names it is damaged. */
  readonly folder?: string
  readonly process: number
  /** When that process began; older journals do not say it. */
  readonly since?: string
  readonly given: Given
  readonly chipId?: string
  readonly footprint?: Footprint
  readonly left?: true
  /** The last tool of the present step that erases or programs; it leads a process group. */
  readonly tool?: Holder
}

/** The journal of one run by way of a probe: `journal/probe-<run>.jsonl`. */
export class ProbeJournal {
  readonly #home: Home
  readonly #id: string
  readonly #now: () => Instant

  constructor(home: Home, id: string, now: () => Instant) {
    this.#home = home
    this.#id = id
    this.#now = now
  }

  begin(begun: { run: ProbeRun; folder: string; given: Given }): void {
    this.#append({ entry: 'begin', at: this.#now(), ...begun, ...thisProcess() })
  }

  claim(chipId: string): void {
    this.#append({ entry: 'claim', at: this.#now(), chipId })
  }

  footprint(footprint: Footprint): void {
    this.#append({ entry: 'footprint', at: this.#now(), footprint })
  }

  step(step: ProbeStep, run: ProbeRun): void {
    this.#append({ entry: 'step', at: this.#now(), step, run })
  }

  tool(tool: Holder): void {
    this.#append({ entry: 'tool', at: this.#now(), ...tool })
  }

  done(step: ProbeStep, run: ProbeRun, refusal?: StepRefusal): void {
    this.#append({ entry: 'done', at: this.#now(), step, run, ...(refusal !== undefined && { refusal }) })
  }

  /** Lets go of a run that could not be brought to its end. */
  left(): void {
    this.#append({ entry: 'left', at: this.#now() })
  }

  /** Ends it and files its journal under `runs`. */
  end(how: string): void {
    this.#append({ entry: 'end', at: this.#now(), how })
    renameSync(fileOf(this.#home, this.#id), join(this.#home.runs, `${this.#id}.jsonl`))
  }

  #append(entry: ProbeEntry): void {
    appendValue(fileOf(this.#home, this.#id), entry)
  }
}

function fileOf(home: Home, id: string): string {
  return join(home.journal, `probe-${id}.jsonl`)
}

/** All runs by way of a probe that have not ended, oldest first. */
export function openProbeRuns(home: Home): OpenProbeRun[] {
  return journalIds(home).flatMap((id) => {
    const entries = readValues<ProbeEntry>(fileOf(home, id))
    return hasEnded(entries) ? [] : (fold(entries) ?? [])
  })
}

/** Files the journals of runs that had ended when their process died over the filing. */
export function fileEnded(home: Home): void {
  for (const id of journalIds(home)) {
    const file = fileOf(home, id)
    if (hasEnded(readValues<ProbeEntry>(file))) renameSync(file, join(home.runs, `${id}.jsonl`))
  }
}

function journalIds(home: Home): string[] {
  return readdirSync(home.journal)
    .flatMap((name) => /^probe-(.+)\.jsonl$/.exec(name)?.[1] ?? [])
    .toSorted()
}

function hasEnded(entries: readonly ProbeEntry[]): boolean {
  return entries.some(({ entry }) => entry === 'end')
}

/** What a run was about to give, also of one that has ended. */
export function givenBy(home: Home, id: string): Given | undefined {
  const files = [fileOf(home, id), join(home.runs, `${id}.jsonl`)]
  const file = files.find((path) => existsSync(path))
  return file === undefined ? undefined : fold(readValues<ProbeEntry>(file))?.given
}

function fold(entries: readonly ProbeEntry[]): OpenProbeRun | undefined {
  let open: OpenProbeRun | undefined
  for (const entry of entries) {
    if (entry.entry === 'begin') {
      const { at, run, folder, process, since, given } = entry
      open = { at, run, folder, process, given, ...(since !== undefined && { since }) }
    } else if (entry.entry === 'step' || entry.entry === 'done') {
      const { tool: _, ...before } = open ?? headless(entry)
      open = { ...before, run: entry.run }
    } else if (open === undefined) continue
    else if (entry.entry === 'tool') open = { ...open, tool: toolOf(entry) }
    else if (entry.entry === 'claim') open = { ...open, chipId: entry.chipId }
    else if (entry.entry === 'footprint') open = { ...open, footprint: entry.footprint }
    else if (entry.entry === 'left') open = { ...open, left: true }
  }
  return open
}

function toolOf({ process, since }: Holder): Holder {
  return { process, ...(since !== undefined && { since }) }
}

/** A run whose first line is damaged: each later one has the run, too, and that knows what lies in flash. Its process cannot be asked for. */
function headless({ at, run }: { at: Instant; run: ProbeRun }): OpenProbeRun {
  return { at, run, process: 0, left: true, given: { slots: run.slots, certificates: [], keys: [], written: [] } }
}

/** The journals of which a line cannot be read: what they say of their runs may be short. */
export function damagedProbeJournals(home: Home): string[] {
  return journalIds(home)
    .map((id) => fileOf(home, id))
    .filter(hasDamage)
}

/** Whether the process that has it is there still and has not let go of it, or a tool that it has started. */
export function isAlive(open: OpenProbeRun): boolean {
  return hasProcess(open) || toolLeft(open) !== undefined
}

function hasProcess(open: OpenProbeRun): boolean {
  return open.left !== true && isThere(open)
}

/** The tool of a run whose process is gone, where that is still at work. */
export function toolLeft(open: OpenProbeRun): Holder | undefined {
  const { tool } = open
  return tool !== undefined && !hasProcess(open) && isGroupAlive(tool) ? tool : undefined
}
