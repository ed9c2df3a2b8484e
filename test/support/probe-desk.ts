import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Context } from '../../src/cli/context.ts'
import { parsePem } from '../../src/pki/index.ts'
import { type FakeName, fakeNames, type ProbeBench, probeBench } from '../probe/chip/bench.ts'
import type { ChipOrder, SimulatedChip } from '../probe/chip/chip.ts'
import { readIntelHex } from '../probe/chip/hex.ts'
import { testApplication, testWriter } from '../probe/chip/programs.ts'
import { type Desk, desk, type Ran } from './cli.ts'
import { type Paper, paper } from './paper.ts'

/** The probe that the one board is at, and the security tag. */
export const probe = '960000001'
export const tag = 16_842_753

/** What a user types to give boards a root CA alone: probes with commas between. */
export function rootAlone(probes: string): string[] {
  return ['apply', '--probe', probes, '--writer', 'writer.hex', '--tag', String(tag), '--ca', 'root.crt']
}

/** What a user types for it, without the application that is to follow. */
export const founding = [
  'apply',
  '--probe',
  probe,
  '--writer',
  'writer.hex',
  '--tag',
  String(tag),
  '--ca',
  'root.crt',
  '--cert',
  'board.crt',
  '--key',
  'board.key',
]

/** A desk with a debug probe and a board without a UART at it, on which an application runs. */
export interface ProbeDesk extends Desk {
  readonly bench: ProbeBench
  readonly chip: SimulatedChip
  readonly paper: Paper
  /** What a process of its own needs. */
  readonly env: Record<string, string>
  run(argv: readonly string[], more?: Partial<Context>): Promise<Ran>
  /** What the modem's memory holds of the user's, by slot. */
  memory(): Promise<Record<string, string>>
  /** Files and flash in which something of the key is, the modem's own and the user's left out. */
  leaks(): string[]
}

/** Makes one. */
export async function probeDesk(order: ChipOrder = {}, tools: readonly FakeName[] = fakeNames): Promise<ProbeDesk> {
  const made = desk()
  const bench = probeBench(tools)
  const files = await paper()
  made.file('root.crt', files.ca)
  made.file('board.crt', files.certificate)
  made.file('board.key', files.key)
  made.file('writer.hex', testWriter())
  made.file('app.hex', testApplication('new', { end: 0x6000 }))
  const [runtime, temporary] = [join(made.folder, 'memory'), join(made.folder, 'temporary')]
  for (const folder of [runtime, temporary]) mkdirSync(folder, { mode: 0o700 })
  const env = {
    ...bench.env,
    SECTAG_HOME: join(made.folder, 'home'),
    XDG_RUNTIME_DIR: runtime,
    TMPDIR: temporary,
  }
  const chip = bench.chip(order)
  if (order.locked !== true) put(chip, testApplication('old', { end: 0x2_c800 }))
  bench.plug(probe, chip)
  return {
    ...made,
    bench,
    chip,
    paper: files,
    env,
    run: (argv, more = {}) => made.run(argv, { env, ...more }),
    memory: () => memoryOf(chip),
    leaks: () => leaksIn([made.folder, bench.folder], files.key),
    clear() {
      bench.clear()
      made.clear()
    },
  }
}

/** Programs a chip as if somebody had done so before. */
export function put(chip: SimulatedChip, hex: string): void {
  for (const _ of chip.load(readIntelHex(hex), true));
}

/** What a chip's modem holds of the user's, as text by slot. */
export async function memoryOf(chip: SimulatedChip): Promise<Record<string, string>> {
  if (!existsSync(join(chip.folder, 'modem.img'))) return {}
  const items = (await chip.modem()).store.items().filter(({ origin }) => origin === 'written')
  return Object.fromEntries(
    items.map((item) => [`${item.tag}/${item.type}`, Buffer.from(item.content).toString('latin1')]),
  )
}

/** Every 16 consecutive bytes of what is secret in a P-256 key: of its text, as flash has it, and of its number. */
export function keyWindows(pem: string): Buffer[] {
  const start = pem.indexOf('\n') + 1
  // 36 octets of header in front of the number are the same in all such keys; the public half follows.
  const text = Buffer.from(pem.slice(start + 48, start + 93))
  const number = Buffer.from(parsePem(pem).blocks.at(-1)?.der ?? []).subarray(36, 68)
  return [text, number].flatMap((whole) =>
    Array.from({ length: whole.length - 15 }, (_, at) => whole.subarray(at, at + 16)),
  )
}

/** Whether a text shows any of it. */
export function showsKey(text: string, pem: string): boolean {
  const bytes = Buffer.from(text)
  return keyWindows(pem).some((window) => bytes.includes(window))
}

/** The files below some folders that show any of it, as they are or as Intel HEX. */
export function leaksIn(folders: readonly string[], key: string): string[] {
  const windows = keyWindows(key)
  const shows = (bytes: Buffer): boolean => windows.some((window) => bytes.includes(window))
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile() && !/(?:board\d*\.key|modem\.img)$/.test(path))
      .filter((path) => {
        const bytes = readFileSync(path)
        return shows(bytes) || (bytes.length < 4_000_000 && shows(unhexed(bytes)))
      })
      .map((path) => relative(folder, path)),
  )
}

/** The data of whatever lines of Intel HEX are in some bytes, one after the other, and of any other hexadecimal. */
function unhexed(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const records = [...text.matchAll(/^:[0-9A-F]{6}00([0-9A-F]*)[0-9A-F]{2}\r?$/gim)].map(([, data = '']) => data)
  return Buffer.concat([Buffer.from(records.join(''), 'hex'), Buffer.from(text.replaceAll(/[^0-9a-f]/gi, ''), 'hex')])
}
