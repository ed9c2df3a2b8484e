// `nrfutil device` as its documentation has it (PROBE-21 to PROBE-28), over a simulated chip.
import { readFileSync, writeFileSync } from 'node:fs'
import { noteCall, type Reached, reach, Unplugged, wiredProbes } from '../chip/bench.ts'
import { intelHex, readIntelHex } from '../chip/hex.ts'
import { otherFirmware } from '../chip/programs.ts'
import { type Arguments, number, takeApart, UnknownArgument } from './arguments.ts'

type Json = Record<string, unknown>

/** PROBE-26: the codes that are known by number. */
const codes = { generic: 1, protection: 24, verify: 25 } as const

class Refused extends Error {
  readonly code: number
  constructor(message: string, code: number = codes.generic) {
    super(message)
    this.code = code
  }
}

const shared = { flags: ['--json', '--skip-overhead'], values: ['--serial-number', '--traits', '--log-output'] }
const options: Record<string, { flags?: string[]; values?: string[] }> = {
  list: {},
  'device-info': { values: ['--core'] },
  'protection-get': { values: ['--core'] },
  read: { flags: ['--direct'], values: ['--address', '--bytes', '--width', '--to-file', '--core'] },
  program: { values: ['--firmware', '--options', '--core'] },
  erase: { flags: ['--all', '--uicr'], values: ['--pages', '--core'] },
  reset: { values: ['--reset-kind', '--core'] },
  recover: { values: ['--core'] },
}

async function main(argv: readonly string[]): Promise<number> {
  const words = argv.filter((word) => word !== '--json')
  const [module, name = ''] = words
  const known = options[name]
  if (module !== 'device' || known === undefined) throw new UnknownArgument(name)
  const args = takeApart(words.slice(2), {
    flags: [...shared.flags, ...(known.flags ?? [])],
    values: [...shared.values, ...(known.values ?? [])],
  })
  if (name === 'list')
    return say('list', undefined, { devices: wiredProbes(['jlink']).map(({ serial }) => device(serial)) })
  return perform(name, args)
}

function device(serial: string): Json {
  return { id: 1, serialNumber: padded(serial), traits: { jlink: true, seggerUsb: true, usb: true }, serialPorts: [] }
}

function padded(serial: string): string {
  return serial.padStart(12, '0')
}

async function perform(name: string, args: Arguments): Promise<number> {
  const wanted = args.value('--serial-number') ?? ''
  const probe = wiredProbes(['jlink']).find(({ serial }) => padded(serial) === padded(wanted))
  if (probe === undefined) {
    process.stderr.write('Error: No devices with requested serial number(s) or trait(s) found.\n')
    return 1
  }
  begin(name, probe.serial)
  try {
    const reached = await reach(probe)
    return say(name, probe.serial, await work(name, args, reached, probe.serial))
  } catch (error) {
    const code = error instanceof Refused ? error.code : codes.generic
    const message =
      error instanceof Unplugged ? 'The device was disconnected (DeviceDisconnected)' : (error as Error).message
    end(name, probe.serial, { message, result: 'fail', error: { code, description: message } })
    process.stderr.write(`Error: One or more device tasks failed:\n * ${padded(probe.serial)}: ${message}\n`)
    return 1
  }
}

async function work(name: string, args: Arguments, reached: Reached, serial: string): Promise<Json | undefined> {
  const { chip } = reached
  if (chip.state.dead === true) throw new Refused('Failed to attach to target: Low voltage detected (LowVoltage)')
  if (name === 'device-info') return info(reached, serial)
  if (name === 'recover') return recover(reached)
  if (chip.state.closed)
    throw new Refused(
      'Failed to attach to target: The Application core access port is protected (All) (NotAvailableBecauseProtection)',
      codes.protection,
    )
  if (name === 'read') return read(args, reached, serial)
  if (name === 'program') return program(args, reached)
  if (name === 'erase') return erase(args, reached)
  await chip.reset()
  return undefined
}

/** What is known of a chip whose port is closed is its family only. */
function info({ chip }: Reached, serial: string): Json {
  const { closed, part } = chip.state
  const version = part === 'nRF9160' ? 'NRF9160_xxAA_REV2' : 'NRF9120_xxAA_REV3'
  const hardware = {
    deviceFamily: 'NRF91_FAMILY',
    deviceVersion: version,
    ramSize: 262_144,
    romPageSize: 4096,
    romSize: 1_048_576,
  }
  const protectionStatus = closed ? 'NRFDL_PROTECTION_STATUS_ALL' : 'NRFDL_PROTECTION_STATUS_NONE'
  const jlink = { serialNumber: padded(serial), deviceFamily: 'NRF91_FAMILY', deviceVersion: version, protectionStatus }
  return { name: 'device-info', deviceInfo: { ...(!closed && { hwInfo: hardware }), jlink } }
}

function read(args: Arguments, { chip }: Reached, serial: string): Json | undefined {
  const from = number(args.value('--address'))
  const bytes = chip.read(from, from + number(args.value('--bytes') ?? '4'))
  if (bytes === undefined) throw new Refused(`Address range is not readable: 0x${from.toString(16)}`)
  const file = args.value('--to-file')
  if (file !== undefined) {
    writeFileSync(file, intelHex([{ at: from, bytes }]))
    return undefined
  }
  const startAddress = `0x${from.toString(16)}`
  return { name: 'memory-read', serialNumber: padded(serial), memoryData: [{ startAddress, values: [...bytes] }] }
}

function program(args: Arguments, reached: Reached): undefined {
  const settings = new Map(
    (args.value('--options') ?? '').split(',').map((pair) => pair.split('=') as [string, string]),
  )
  const mode = settings.get('chip_erase_mode') ?? 'ERASE_ALL'
  const allowed: Record<string, readonly string[]> = {
    chip_erase_mode: ['ERASE_NONE', 'ERASE_ALL', 'ERASE_RANGES_TOUCHED_BY_FIRMWARE', 'ERASE_CTRL_AP'],
    verify: ['VERIFY_NONE', 'VERIFY_READ'],
    reset: ['RESET_NONE'],
  }
  for (const [name, value] of settings)
    if (!(allowed[name] ?? []).includes(value)) throw new UnknownArgument(`${name}=${value}`)
  const runs = readIntelHex(readFileSync(args.value('--firmware') ?? '', 'utf8'))
  reached.chip.halt()
  if (mode === 'ERASE_ALL') reached.chip.eraseAll()
  for (const _ of reached.chip.load(runs, mode === 'ERASE_RANGES_TOUCHED_BY_FIRMWARE')) reached.page()
  const wrong = runs.some(
    ({ at, bytes }) => Buffer.compare(bytes, reached.chip.read(at, at + bytes.length) ?? bytes) !== 0,
  )
  if (wrong && settings.get('verify') === 'VERIFY_READ')
    throw new Refused('Verification failed (VerifyFailed)', codes.verify)
}

function erase(args: Arguments, reached: Reached): undefined {
  const [from, to] = (args.value('--pages') ?? '').split('-')
  reached.chip.halt()
  const start = number(from)
  for (const _ of reached.chip.erase(start, to === undefined ? start + 1 : number(to))) reached.page()
}

function recover({ chip }: Reached): undefined {
  chip.eraseAll()
  if (chip.state.hardened) chip.sayUnprotected()
  // PROBE-55: a small program of its own.
  for (const _ of chip.load(readIntelHex(otherFirmware(0x400)), false));
}

function task(name: string, serial: string | undefined): Json {
  return { id: '0', description: name, name, ...(serial !== undefined && { data: { serialNumber: padded(serial) } }) }
}

function begin(name: string, serial: string): void {
  print({ type: 'task_begin', data: { task: task(name, serial) } })
}

function end(name: string, serial: string | undefined, rest: Json): void {
  print({ type: 'task_end', data: { task: task(name, serial), ...rest } })
}

function say(name: string, serial: string | undefined, data: Json | undefined): number {
  if (name === 'list') print({ type: 'info', data: data ?? {} })
  end(name, serial, { result: 'success', ...(data !== undefined && { data }) })
  return 0
}

function print(message: Json): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

const argv = process.argv.slice(2)
noteCall('nrfutil', argv)
try {
  process.exitCode = await main(argv)
} catch (error) {
  if (!(error instanceof UnknownArgument)) throw error
  process.stderr.write(`error: unexpected argument '${error.argument}' found\n\nFor more information, try '--help'.\n`)
  process.exitCode = 2
}
