// pyOCD as its source has it (PROBE-38 to PROBE-43), over a simulated chip.
import { readFileSync, writeFileSync } from 'node:fs'
import { noteCall, type Reached, reach, Unplugged, wiredProbes } from '../chip/bench.ts'
import { readIntelHex } from '../chip/hex.ts'
import { type Arguments, number, takeApart, UnknownArgument } from './arguments.ts'

class Failed extends Error {
  readonly exit: number
  constructor(message: string, exit: number) {
    super(message)
    this.exit = exit
  }
}

const connection = {
  flags: ['-W', '--no-wait', '--no-config'],
  values: ['--uid', '-u', '--probe', '-t', '--target', '-O', '-M', '--connect'],
}
/** `-O` may stand there several times: each is taken as an option of its own. */
const sessionOptions = new Set(['auto_unlock', 'resume_on_disconnect'])

const commands: Record<string, { flags?: string[]; values?: string[] }> = {
  cmd: { values: ['-c', '--command'] },
  commander: { values: ['-c', '--command'] },
  load: { flags: ['--no-reset'], values: ['--erase', '-e', '--format'] },
  flash: { flags: ['--no-reset'], values: ['--erase', '-e', '--format'] },
  erase: { flags: ['--sector', '-s', '--mass', '--chip', '-c'] },
  reset: { values: ['--method', '-m'] },
}

async function main([name = '', ...rest]: readonly string[]): Promise<number> {
  if (name === 'json') return json(takeApart(rest, { flags: ['--probes', '-p', '--no-config'] }))
  const known = commands[name]
  if (known === undefined) throw new UnknownArgument(name)
  const { words, settings } = withoutSettings(rest)
  const args = takeApart(words, {
    flags: [...connection.flags, ...(known.flags ?? [])],
    values: [...connection.values, ...(known.values ?? [])],
  })
  const uid = args.value('--uid') ?? args.value('-u') ?? ''
  const probe = wiredProbes(['jlink', 'cmsis-dap']).find(({ serial }) => serial === uid)
  const commander = name === 'cmd' || name === 'commander'
  if (probe === undefined) {
    process.stdout.write(`No connected debug probe matches unique ID '${uid}'\n`)
    if (!commander) log('E', `No device available to ${name}`, `${name}_cmd`)
    return commander ? 3 : 1
  }
  try {
    const reached = await reach(probe)
    await open(reached, settings, commander)
    await work(name, args, reached)
    await close(name, args, reached, settings, commander)
    return 0
  } catch (error) {
    if (error instanceof Unplugged) {
      if (commander) process.stdout.write('Error: memory transfer failed\n')
      else log('C', 'Error: [Errno 19] No such device (it may have been disconnected)', '__main__')
      return commander ? 2 : 1
    }
    if (!(error instanceof Failed)) throw error
    log(commander ? 'E' : 'C', error.message, commander ? 'commander' : '__main__')
    return error.exit
  }
}

function withoutSettings(args: readonly string[]): { words: string[]; settings: Map<string, string> } {
  const settings = new Map<string, string>()
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    if (args[at] !== '-O') words.push(args[at] ?? '')
    else {
      const [name = '', value = ''] = (args[++at] ?? '').split('=')
      if (!sessionOptions.has(name)) throw new UnknownArgument(name)
      settings.set(name, value)
    }
  }
  return { words, settings }
}

/** What connecting does: unlocks what is locked, and makes that last where the lock would come back (PROBE-39). */
async function open({ chip }: Reached, settings: ReadonlyMap<string, string>, commander: boolean): Promise<void> {
  const unlocks = settings.get('auto_unlock') ?? (commander ? 'false' : 'true')
  if (chip.state.dead === true) throw new Failed('Error while initing target: No ACK received', commander ? 4 : 1)
  if (chip.state.closed) {
    if (unlocks !== 'true') {
      log('W', 'NRF91XX APPROTECT enabled: not automatically unlocking', 'target_nRF91')
      const words = 'No cores were discovered!'
      throw new Failed(commander ? `Error while initing target: ${words}` : words, commander ? 4 : 1)
    }
    log('W', 'NRF91XX APPROTECT enabled: will try to unlock via mass erase', 'target_nRF91')
    chip.eraseAll()
  }
  if (unlocks === 'true' && chip.state.hardened) chip.sayUnprotected()
}

async function work(name: string, args: Arguments, reached: Reached): Promise<void> {
  const { chip } = reached
  if (name === 'cmd' || name === 'commander') return savemem(args.value('-c') ?? '', reached)
  if (name === 'reset') return
  chip.halt()
  if (name === 'erase') return erase(args, reached)
  const [file = ''] = args.words
  if (args.value('--format') === 'bin') throw new UnknownArgument('bin')
  for (const _ of chip.load(readIntelHex(readFileSync(file, 'utf8')), true)) reached.page()
}

/** PROBE-40: a core that was halted runs on from where it stood, in whatever lies there now. */
async function close(
  name: string,
  args: Arguments,
  { chip }: Reached,
  settings: ReadonlyMap<string, string>,
  commander: boolean,
): Promise<void> {
  const resets = name === 'reset' || ((name === 'load' || name === 'flash') && !args.has('--no-reset'))
  const resumes = (settings.get('resume_on_disconnect') ?? (commander ? 'false' : 'true')) === 'true'
  if (resets && resumes) await chip.reset()
}

function savemem(command: string, { chip }: Reached): void {
  const [verb, from, count, file = ''] = command.split(' ')
  if (verb !== 'savemem') throw new UnknownArgument(verb ?? '')
  const bytes = chip.read(number(from), number(from) + number(count))
  if (bytes === undefined) {
    process.stdout.write('Error: memory transfer failed\n')
    throw new Failed('memory transfer failed', 2)
  }
  writeFileSync(file, bytes)
  process.stdout.write(`Saved ${bytes.length} bytes to ${file}\n`)
}

function erase(args: Arguments, reached: Reached): void {
  if (args.has('--mass')) return reached.chip.eraseAll()
  if (!args.has('--sector')) throw new Failed('No erase operation specified.', 1)
  for (const range of args.words) {
    const [from, to] = range.split('-')
    for (const _ of reached.chip.erase(number(from), number(to))) reached.page()
  }
}

function json(args: Arguments): number {
  if (args.words.length > 0) throw new UnknownArgument(args.words[0] ?? '')
  const boards = wiredProbes(['jlink', 'cmsis-dap']).map(({ serial, kind }) => ({
    unique_id: serial,
    info: kind === 'jlink' ? 'Segger J-Link PLUS' : 'Arm DAPLink',
    board_vendor: null,
    board_name: 'Generic',
    target: 'cortex_m',
    vendor_name: kind === 'jlink' ? 'Segger' : 'Arm',
    product_name: kind === 'jlink' ? 'J-Link PLUS' : 'DAPLink',
  }))
  const object = { pyocd_version: '0.46.0', version: { major: 1, minor: 1 }, status: 0, boards }
  process.stdout.write(`${JSON.stringify(object, null, 4)}\n`)
  return 0
}

function log(level: string, text: string, module: string): void {
  process.stderr.write(`0000284 ${level} ${text} [${module}]\n`)
}

const argv = process.argv.slice(2)
noteCall('pyocd', argv)
try {
  process.exitCode = await main(argv)
} catch (error) {
  if (!(error instanceof UnknownArgument)) throw error
  process.stderr.write(
    `usage: pyocd [-h] [-V] [--help-options]  ...\npyocd: error: unrecognized arguments: ${error.argument}\n`,
  )
  process.exitCode = 2
}
