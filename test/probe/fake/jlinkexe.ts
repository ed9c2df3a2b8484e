// J-Link Commander as its documentation and published logs have it (PROBE-31 to PROBE-36), over a simulated chip.
import { readFileSync, writeFileSync } from 'node:fs'
import { noteCall, type Reached, reach, Unplugged, wiredProbes } from '../chip/bench.ts'
import { readIntelHex } from '../chip/hex.ts'
import { byPage } from '../chip/nor.ts'
import { number, takeApart, UnknownArgument } from './arguments.ts'

/** A command that did not work: with ExitOnError the program ends with 1. */
class CommandFailed extends Error {}

const values = ['-nogui', '-exitonerror', '-device', '-if', '-speed', '-autoconnect', '-selectemubysn', '-commandfile']

async function main(argv: readonly string[]): Promise<number> {
  // PROBE-31: all options are case insensitive.
  const args = takeApart(
    argv.map((word) => (word.startsWith('-') ? word.toLowerCase() : word)),
    { values },
  )
  const script = readFileSync(args.value('-commandfile') ?? '', 'utf8').split('\n')
  print('SEGGER J-Link Commander V8.72a (Compiled Sep  3 2025 14:02:11)')
  print('DLL version V8.72a, compiled Sep  3 2025 14:01:02\n')
  print('J-Link Command File read successfully.\nProcessing script file...')
  const serial = args.value('-selectemubysn')
  const connects = args.value('-autoconnect') === '1'
  try {
    const reached = connects ? await connect(serial, args.value('-device')) : undefined
    for (const line of script.map((one) => one.trim()).filter((one) => one !== '')) {
      if (/^(?:exit|qc|q)$/i.test(line)) break
      print(`J-Link>${line}`)
      await perform(line, reached, args.value('-device')?.toLowerCase() === 'nrf9160_xxaa')
    }
  } catch (error) {
    if (error instanceof Unplugged) print('ERROR: J-Link connection lost.')
    else if (error instanceof CommandFailed) print(error.message)
    else throw error
    return args.value('-exitonerror') === '1' ? 1 : 0
  }
  print('\nScript processing completed.\n')
  return 0
}

async function connect(serial: string | undefined, device: string | undefined): Promise<Reached> {
  const probe = wiredProbes(['jlink']).find((one) => one.serial === serial)
  if (probe === undefined)
    throw new CommandFailed('Connecting to J-Link via USB...FAILED: Cannot connect to the probe/ programmer.')
  print('Connecting to J-Link via USB...O.K.')
  const name = device?.toLowerCase()
  if (name !== 'nrf9160_xxaa' && name !== 'cortex-m33') throw new CommandFailed('Unknown device')
  const reached = await reach(probe)
  if (reached.chip.state.closed && reached.chip.state.jlinkErases === true && name !== 'cortex-m33')
    reached.chip.eraseAll()
  if (reached.chip.state.closed || reached.chip.state.dead === true) {
    print('Connecting to target via SWD')
    throw new CommandFailed('Cannot connect to target.')
  }
  print('Connecting to target via SWD\nFound SW-DP with ID 0x6BA02477\nCortex-M33 identified.')
  return reached
}

async function perform(line: string, reached: Reached | undefined, byName: boolean): Promise<void> {
  const [name = '', ...words] = line.split(/[\s,]+/)
  if (name.toLowerCase() === 'showemulist') return list()
  if (reached === undefined) throw new CommandFailed('Target connection not established yet but required for command.')
  const commands: Record<string, () => void | Promise<void>> = {
    r: () => {
      print('Reset delay: 0 ms\nReset type NORMAL: Resets core & peripherals via SYSRESETREQ & VECTRESET bit.')
      reached.chip.halt()
    },
    g: () => reached.chip.reset(),
    savebin: () => savebin(reached, words),
    loadfile: () => (byName ? loadfile(reached, words[0] ?? '') : noFlash()),
    erase: () => (byName ? erase(reached, words) : noFlash()),
  }
  const command = commands[name.toLowerCase()]
  if (command === undefined) throw new CommandFailed("Unknown command. '?' for help.")
  await command()
}

/** A core alone has no flash that J-Link knows. */
function noFlash(): never {
  throw new CommandFailed('Writing failed.')
}

function list(): void {
  for (const [index, { serial }] of wiredProbes(['jlink']).entries())
    print(`J-Link[${index}]: Connection: USB, Serial number: ${serial}, ProductName: J-Link PLUS`)
}

/** Numbers are hexadecimal, with or without `0x`. */
function hex(word: string | undefined): number {
  return number(`0x${(word ?? '').replace(/^0x/i, '')}`)
}

function savebin({ chip }: Reached, [file = '', from, bytes]: readonly string[]): void {
  print(`Opening binary file for writing... [${file}]`)
  const [at, length] = [hex(from), hex(bytes)]
  const read = chip.read(at, at + length)
  const address = `0x${at.toString(16).toUpperCase().padStart(8, '0')}`
  if (read === undefined)
    throw new CommandFailed(`Reading ${length} bytes from addr ${address} into file...Could not read memory.`)
  writeFileSync(file, read)
  print(`Reading ${length} bytes from addr ${address} into file...O.K.`)
}

/** PROBE-32: what a sector holds beside the file is put back. */
function loadfile(reached: Reached, file: string): void {
  print(`Downloading file [${file}]...`)
  const runs = readIntelHex(readFileSync(file, 'utf8'))
  const { chip } = reached
  const touched = [...byPage(runs).keys()].map((at) => ({
    at,
    bytes: Uint8Array.from(chip.read(at, at + 0x1000) ?? []),
  }))
  for (const { at, bytes } of runs) {
    for (const [offset, byte] of bytes.entries()) {
      const page = touched.find((one) => at + offset >= one.at && at + offset < one.at + 0x1000)
      page?.bytes.set([byte], at + offset - page.at)
    }
  }
  for (const _ of chip.load(touched, true)) reached.page()
  print('Comparing flash   [100%] Done.\nErasing flash     [100%] Done.\nProgramming flash [100%] Done.')
  const wrong = touched.some(({ at, bytes }) => Buffer.compare(bytes, chip.read(at, at + bytes.length) ?? bytes) !== 0)
  if (wrong) throw new CommandFailed('Verifying flash   [100%] Done.\nError while programming flash: Verify failed.')
  print('Verifying flash   [100%] Done.\nJ-Link: Flash download: Program speed 30 KB/s\nO.K.')
}

function erase(reached: Reached, [from, to]: readonly string[]): void {
  const [start, end] = [hex(from), hex(to)]
  print('Erasing selected range...')
  for (const _ of reached.chip.erase(start, end)) reached.page()
  const shown = (at: number): string => `0x${at.toString(16).toUpperCase().padStart(8, '0')}`
  print(`Flash sectors within Range [${shown(start)} - ${shown(end)}] deleted.`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

const argv = process.argv.slice(2)
noteCall('JLinkExe', argv)
try {
  process.exitCode = await main(argv)
} catch (error) {
  if (!(error instanceof UnknownArgument)) throw error
  print(`Unknown command line option ${error.argument}.`)
  process.exitCode = 1
}
