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

/** A probe that is plugged in, and what it is wired to. */
interface Wired {
  readonly serial: string
  readonly kind: 'jlink' | 'cmsis-dap'
  readonly chip: string
  /** It is pulled at the call with this number, counted from 1, after so many pages. */
  readonly leaves?: { readonly call: number; readonly afterPages?: number }
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
  /** Every call of a program so far: its name and its arguments. */
  calls(): string[]
  clear(): void
}

const fakes = fileURLToPath(new URL('../fake', import.meta.url))
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
    calls: () => readLines(join(folder, 'calls')),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function install(folder: string, name: FakeName): void {
  const path = join(folder, 'bin', name)
  const script = join(fakes, `${name.toLowerCase()}.ts`)
  // What is compiled once is kept: a program that is called a thousand times starts in half the time.
  writeFileSync(
    path,
    `#!/bin/sh\nNODE_COMPILE_CACHE='${folder}/compiled' exec '${process.execPath}' '${script}' "$@"\n`,
  )
  chmodSync(path, 0o755)
}

function probeFile(folder: string, serial: string): string {
  return join(folder, 'probes', serial)
}

function save(folder: string, probe: Wired): void {
  // Another program may be reading it just now.
  const made = join(folder, `probe.${probe.serial}.${process.pid}`)
  writeFileSync(made, JSON.stringify(probe))
  renameSync(made, probeFile(folder, probe.serial))
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1)
  } catch {
    return []
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
  appendFileSync(join(here(), 'calls'), `${[name, ...args].join(' ')}\n`)
}

/** The probes that are plugged in, in the order of their serial numbers. */
export function wiredProbes(kinds: readonly Wired['kind'][]): readonly Wired[] {
  const folder = here()
  return readdirSync(join(folder, 'probes'))
    .sort()
    .map((serial) => JSON.parse(readFileSync(probeFile(folder, serial), 'utf8')) as Wired)
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
  let left = call === probe.leaves?.call ? (probe.leaves.afterPages ?? 0) : undefined
  const leave = (): void => {
    if (left !== 0) return
    rmSync(probeFile(folder, probe.serial), { force: true })
    throw new Unplugged('the probe was pulled')
  }
  leave()
  await chip.tick()
  return {
    chip,
    page() {
      if (left !== undefined) left -= 1
      leave()
    },
  }
}
