import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChipOrder, makeChip, SimulatedChip } from './chip.ts'

/** The simulated programs, by the names that they have on PATH. */
export const fakeNames = ['nrfutil', 'JLinkExe', 'pyocd', 'probe-rs'] as const
export type FakeName = (typeof fakeNames)[number]

/**
 * It is pulled at the call with this number, counted from 1: after so many pages, or in the middle of the n-th page that is erased
 * or programmed. `power`: the computer goes with it, the tool and whoever called it.
 */
export interface Leaves {
  readonly call: number
  readonly afterPages?: number
  readonly midPage?: number
  readonly power?: true
}

/** A probe that is plugged in, and what it is wired to. */
interface Wired {
  readonly serial: string
  readonly kind: 'jlink' | 'cmsis-dap'
  readonly chip: string
  readonly leaves?: Leaves
  readonly calls: number
}

/** A folder with simulated chips, probes, and programs that reach them. */
export interface ProbeBench {
  readonly folder: string
  /** For a child process: PATH leads to the simulated programs first. */
  readonly env: Record<string, string>
  chip(order?: ChipOrder): SimulatedChip
  /** Wires a probe to a chip; two probes may have the same. */
  plug(serial: string, chip: SimulatedChip, options?: Partial<Pick<Wired, 'kind' | 'leaves'>>): void
  unplug(serial: string): void
  /** Every call of a program so far: its name and its arguments, those with spaces in single quotes. */
  calls(): string[]
  clear(): void
}

const fakes = fileURLToPath(new URL('../fake', import.meta.url))
/** Where programs that are started again and again keep what was compiled of them. */
export const compiled = fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url))
const variable = 'SECTAG_TEST_BENCH'

/** Makes one; only the programs that are named are on its PATH. */
export function probeBench(names: readonly FakeName[] = fakeNames): ProbeBench {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-bench-'))
  for (const name of ['bin', 'chips', 'probes']) mkdirSync(join(folder, name))
  for (const name of names) install(folder, name)
  let chips = 0
  return {
    folder,
    env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, [variable]: folder },
    chip: (order) => makeChip(join(folder, 'chips', String(++chips)), order),
    plug(serial, { folder: chip }, options = {}) {
      save(folder, { serial, kind: 'jlink', chip, calls: 0, ...options })
    },
    unplug: (serial) => rmSync(probeFile(folder, serial), { force: true }),
    calls: () => textOf(join(folder, 'calls')).split('\n').slice(0, -1),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function install(folder: string, name: FakeName): void {
  const path = join(folder, 'bin', name)
  const script = join(fakes, `${name.toLowerCase()}.ts`)
  // What is compiled once is kept for all benches: a program that is called ten thousand times starts in half the time.
  writeFileSync(path, `#!/bin/sh\nNODE_COMPILE_CACHE='${compiled}' exec '${process.execPath}' '${script}' "$@"\n`)
  chmodSync(path, 0o755)
}

function probeFile(folder: string, serial: string): string {
  return join(folder, 'probes', serial)
}

function save(folder: string, probe: Wired): void {
  // Whole or not at all: other programs read all probes at any time.
  const draft = join(folder, `draft.${process.pid}`)
  writeFileSync(draft, JSON.stringify(probe))
  renameSync(draft, probeFile(folder, probe.serial))
}

/** Empty where there is no such file, or no longer. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The bench that a simulated program runs on. */
function here(): string {
  const folder = process.env[variable]
  if (folder === undefined) throw new Error(`${variable} is not set: these programs only run on a test's bench`)
  return folder
}

/** Notes that a program was called. */
export function noteCall(name: FakeName, args: readonly string[]): void {
  const words = args.map((word) => (word.includes(' ') ? `'${word}'` : word))
  appendFileSync(join(here(), 'calls'), `${[name, ...words].join(' ')}\n`)
}

/** The probes that are plugged in, in the order of their serial numbers. */
export function wiredProbes(kinds: readonly Wired['kind'][]): readonly Wired[] {
  const folder = here()
  return readdirSync(join(folder, 'probes'))
    .sort()
    .map((serial) => textOf(probeFile(folder, serial)))
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Wired)
    .filter(({ kind }) => kinds.includes(kind))
}

/** The probe went away in the middle of something. */
export class Unplugged extends Error {}

/** A chip by way of one probe, for one call of a program. */
export interface Reached {
  readonly chip: SimulatedChip
  /** A page was done; throws {@link Unplugged} when the probe goes there. */
  page(): void
}

/** Takes a probe for one call. Time goes by on the chip. */
export async function reach(probe: Wired): Promise<Reached> {
  const folder = here()
  const call = probe.calls + 1
  save(folder, { ...probe, calls: call })
  const chip = new SimulatedChip(probe.chip)
  const leaves = call === probe.leaves?.call ? probe.leaves : undefined
  const go = (): never => {
    if (leaves?.power === true) powerOff()
    rmSync(probeFile(folder, probe.serial), { force: true })
    throw new Unplugged('the probe was pulled')
  }
  let left = leaves === undefined || leaves.midPage !== undefined ? undefined : (leaves.afterPages ?? 0)
  if (left === 0) go()
  await chip.tick()
  if (leaves?.midPage !== undefined) chip.flash.tear(leaves.midPage, go)
  return {
    chip,
    page() {
      if (left === undefined) return
      left -= 1
      if (left === 0) go()
    },
  }
}

/** Who called this program dies first: it hears of nothing. */
function powerOff(): void {
  process.kill(process.ppid, 'SIGKILL')
  process.kill(process.pid, 'SIGKILL')
}
