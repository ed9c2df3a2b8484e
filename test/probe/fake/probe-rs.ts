// probe-rs as its source has it (PROBE-44 to PROBE-49), over a simulated chip.
import { readFileSync, writeFileSync } from 'node:fs'
import { noteCall, type Reached, reach, Unplugged, wiredProbes } from '../chip/bench.ts'
import { map } from '../chip/chip.ts'
import { type Run, readIntelHex } from '../chip/hex.ts'
import { type Arguments, number, takeApart, UnknownArgument } from './arguments.ts'

class Failed extends Error {}

const shared = {
  flags: ['--allow-erase-all', '--non-interactive'],
  values: ['--chip', '--protocol', '--probe', '--speed'],
}
const commands: Record<string, { flags?: string[]; values?: string[] }> = {
  read: { values: ['--output', '-o', '--format', '-f'] },
  download: {
    flags: ['--disable-progressbars', '--verify', '--preverify', '--restore-unwritten'],
    values: ['--binary-format', '--base-address'],
  },
  erase: { flags: ['--disable-progressbars'] },
  reset: {},
}
const makers = { jlink: ['J-Link', '1366:1015'], 'cmsis-dap': ['DAPLink CMSIS-DAP', '0d28:0204'] } as const

async function main([name = '', ...rest]: readonly string[]): Promise<number> {
  if (name === 'list') return list(rest)
  const known = commands[name]
  if (known === undefined) throw new UnknownArgument(name)
  const args = takeApart(rest, {
    flags: [...shared.flags, ...(known.flags ?? [])],
    values: [...shared.values, ...(known.values ?? [])],
  })
  if (args.value('--chip')?.toLowerCase() !== 'nrf9160_xxaa')
    throw new Failed('The chip was not found in the database.')
  const [vendor = '', product = '', serial = ''] = (args.value('--probe') ?? '').split(':')
  const probe = wiredProbes(['jlink', 'cmsis-dap']).find(
    (one) => one.serial === serial && makers[one.kind][1] === `${vendor}:${product}`,
  )
  if (probe === undefined) throw new Failed('Probe not found')
  const reached = await reach(probe)
  attach(reached, args.has('--allow-erase-all'))
  await work(name, args, reached)
  return 0
}

function attach({ chip }: Reached, erases: boolean): void {
  if (chip.state.dead === true)
    throw new Failed(
      'Connecting to the chip was unsuccessful: No target responded to the debug port. Check that the target is connected and powered, and that the SWD/JTAG wiring is correct.',
    )
  if (!chip.state.closed) return
  if (!erases)
    throw new Failed(
      'Connecting to the chip was unsuccessful: An operation could not be performed because it lacked the permission to do so: erase_all',
    )
  // PROBE-46: by this name a chip whose lock is hardened is not reset in between.
  chip.eraseAll()
  if (!chip.state.hardened) return
  chip.change({ closed: true })
  throw new Failed('Could not unlock core 0')
}

async function work(name: string, args: Arguments, reached: Reached): Promise<void> {
  const { chip } = reached
  if (name === 'read') read(args, reached)
  else if (name === 'download') download(args, reached)
  else if (name === 'erase') chip.eraseAll()
  else await chip.reset()
}

function read(args: Arguments, { chip }: Reached): void {
  const [width = '', address, words] = args.words
  const size = { b8: 1, b16: 2, b32: 4, b64: 8 }[width]
  if (size === undefined || args.value('--format') !== 'binary') throw new UnknownArgument(width)
  const from = number(address)
  const bytes = chip.read(from, from + number(words) * size)
  if (bytes === undefined) throw new Failed('An ARM specific error occurred.')
  writeFileSync(args.value('--output') ?? '', bytes)
}

function download(args: Arguments, reached: Reached): void {
  const { chip } = reached
  const runs = runsOf(args)
  chip.halt()
  const isTaken = runs.some(
    ({ at, bytes }) => at >= map.uicr && chip.read(at, at + bytes.length)?.some((byte) => byte !== 0xff),
  )
  // PROBE-54
  if (isTaken) throw new Failed("The execution of 'program_page' failed with code '104'.")
  for (const _ of chip.load(runs, true)) reached.page()
  const wrong = runs.some(({ at, bytes }) => Buffer.compare(bytes, chip.read(at, at + bytes.length) ?? bytes) !== 0)
  if (wrong && args.has('--verify')) throw new Failed('Verification failed: contents do not match')
  process.stderr.write('     Finished in 1.20s\n')
}

function runsOf(args: Arguments): Run[] {
  const [file = ''] = args.words
  const format = args.value('--binary-format')
  if (format === 'hex') return readIntelHex(readFileSync(file, 'utf8'))
  if (format !== 'bin') throw new UnknownArgument(format ?? '')
  return [{ at: number(args.value('--base-address')), bytes: new Uint8Array(readFileSync(file)) }]
}

function list(rest: readonly string[]): number {
  takeApart(rest, {})
  const probes = wiredProbes(['jlink', 'cmsis-dap'])
  if (probes.length === 0) process.stdout.write('No debug probes were found.\n')
  else process.stdout.write('The following debug probes were found:\n')
  for (const [index, { serial, kind }] of probes.entries())
    process.stdout.write(
      `[${index}]: ${makers[kind][0]} -- ${makers[kind][1]}:${serial} (${kind === 'jlink' ? 'J-Link' : 'CMSIS-DAP'})\n`,
    )
  return 0
}

const argv = process.argv.slice(2)
noteCall('probe-rs', argv)
try {
  process.exitCode = await main(argv)
} catch (error) {
  if (error instanceof UnknownArgument) {
    process.stderr.write(
      `error: unexpected argument '${error.argument}' found\n\nFor more information, try '--help'.\n`,
    )
    process.exitCode = 2
  } else if (error instanceof Failed || error instanceof Unplugged) {
    process.stderr.write(
      `Error: ${error instanceof Failed ? error.message : 'A USB error occurred.\n\nCaused by:\n    device disconnected'}\n`,
    )
    process.exitCode = 1
  } else throw error
}
