import { resolve } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import { serialModemMqtt } from '../../board/index.ts'
import { compareSdk, parseSdk, type SdkVersion } from '../../numbers/index.ts'
import { makePty, offerTcp } from '../../port/index.ts'
import {
  AtHost,
  type Dialect,
  type DialectName,
  dialectNames,
  type FaultOrder,
  faultKinds,
  onChip,
  type Personality,
  parseFault,
  personalities,
  personality,
  putFault,
  VirtualModem,
} from '../../virtual/index.ts'
import type { Context } from '../context.ts'
import { atLeastOne, wholeNumber } from '../options.ts'
import { openStates } from '../modem-state.ts'
import { placeWords, readPlace } from '../place.ts'
import { hex } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import type { Typed, Verb } from '../verb.ts'

/** SHELL-06 */
const unescapesSince: SdkVersion = [2, 8, 0]
const names = personalities.map(({ name }) => name)

/** `sectag modem` */
export const modem: Verb = {
  name: 'modem',
  summary: 'offer virtual boards on PTYs or TCP ports, for any tool to talk to',
  examples: [
    'sectag modem',
    'sectag modem --firmware 1.0.0 --state board.nvm --fault flipped-byte:4',
    'sectag modem --tcp 5000 --baud 0 --active',
  ],
  shape(command) {
    command
      .option('--pty', 'offer PTYs and print their paths (unless --tcp)')
      .option('--tcp <[host:]port>', 'offer TCP ports, the first with this number; 0 lets the system choose')
      .option('--count <n>', 'how many boards', atLeastOne, 1)
      .option('--firmware <version>', `which firmware: ${names.join(', ')}`, '2.0.2')
      .option('--seed <text>', 'same seed, same boards; without it, other boards each time')
      .option('--baud <n>', 'pace bytes like a line of this speed; 0 does not pace', wholeNumber, 115_200)
      .option('--active', 'with the radio on (CFUN=1), as an application leaves it')
      .option('--echo', 'type back what is heard')
      .addOption(
        new Option('--dialect <name>', 'what the board offers on its port').choices(dialectNames).default('at-host'),
      )
      .addOption(
        new Option('--ncs <version>', 'the SDK of its shell: before 2.8.0, `\\n` in a write stays as it is')
          .argParser(sdkVersion)
          .default(unescapesSince, '2.8.0'),
      )
      .option('--hardware <text>', 'what AT%HWVERSION answers, or only its revision: B0A, B1A')
      .option(
        '--state <file>',
        'keep the credentials in a file, private keys in the clear; with --count, FILE.0 and on',
      )
      .addOption(faultOption())
  },
  async run(context, output, typed) {
    const line = personality(String(typed.options['firmware']))
    if (line === undefined) return noFirmware(String(typed.options['firmware']))
    const tcp = typed.options['tcp']
    const place = typeof tcp === 'string' ? (readPlace(tcp) ?? {}) : undefined
    if (place !== undefined && place.port === undefined) return noPlace(String(tcp))
    const where = place === undefined ? undefined : { host: place.host ?? '127.0.0.1', port: place.port ?? 0 }
    const count = typed.options['count'] as number
    const faults = (typed.options['fault'] ?? []) as FaultOrder[]
    const state = typed.options['state'] as string | undefined
    const { seed: typedSeed } = typed.options as { seed?: string }
    const fresh = typedSeed ?? hex(context.random.bytes(3))
    const seeds = { fresh, ...(typedSeed !== undefined && { typed: typedSeed }) }
    const states = state === undefined ? [] : openStates(resolve(context.cwd, state), count, seeds)
    if ('exit' in states) return states
    const seed = states[0]?.owner.seed ?? fresh
    const made = withHardware(line, typed.options['hardware'])
    const closers: (() => void | Promise<void>)[] = []
    try {
      for (let index = 0; index < count; index++) {
        const kept = states[index]
        const board = new VirtualModem({
          personality: made,
          clock: context.clock,
          ...(kept?.owner ?? { seed, index }),
          ...(kept !== undefined && { memory: kept.memory }),
        })
        for (const fault of faults) putFault(board, fault)
        if (typed.options['active'] === true) board.execute('AT+CFUN=1')
        closers.push(await offer(context, output, typed, board, where, index))
      }
      const again =
        state === undefined ? `--seed ${seed} makes the same boards again` : 'the same file is the same board again'
      output.notice('ready', `Ctrl-C ends it; ${again}.`, { boards: count, seed })
      await untilAborted(AbortSignal.any([context.signal, context.readerGone]))
      return { exit: 0, more: { boards: count } }
    } catch (error) {
      return noPort(error)
    } finally {
      for (const close of closers) await close()
    }
  },
}

/** A chip or revision that this line is known to run on, another revision, or another text altogether. */
function withHardware(line: Personality, hardware: unknown): Personality {
  if (typeof hardware !== 'string') return line
  const known = onChip(line, hardware)
  if (known !== undefined) return known
  return { ...line, hardware: /^\w+$/.test(hardware) ? line.hardware.replace(/\w+$/, hardware) : hardware }
}

function faultOption(): Option {
  const kinds = [...faultKinds.keys()].join(', ')
  return new Option('--fault <kind[:seed]>', `a fault that strikes once, or more of them: ${kinds}`).argParser(
    (text, before: FaultOrder[] | undefined) => {
      const order = parseFault(text)
      if (order === undefined) throw new InvalidArgumentError(`One of ${kinds} is expected.`)
      return [...(before ?? []), order]
    },
  )
}

async function offer(
  context: Context,
  output: Output,
  typed: Typed,
  board: VirtualModem,
  where: { host: string; port: number } | undefined,
  index: number,
): Promise<() => void | Promise<void>> {
  const options = { clock: context.clock, baud: typed.options['baud'] as number, echo: typed.options['echo'] === true }
  const host = new AtHost(board, { ...options, dialect: dialectOf(context, typed, board) })
  const tell = (address: string, path: string): void => {
    const { imei } = board.identity
    output.event(
      'board',
      { index, address, imei, firmware: board.personality.firmware },
      `${path}  IMEI ${imei}  ${board.personality.firmware}`,
    )
  }
  if (where === undefined) {
    const pty = makePty()
    void host.serve(pty.port)
    tell(`pty:${pty.path}`, pty.path)
    return () => pty.close()
  }
  const server = await offerTcp(where.host, where.port === 0 ? 0 : where.port + index, (port) => host.serve(port))
  const address = `tcp://${placeWords(where.host, server.port)}`
  tell(address, address)
  return () => server.close()
}

function sdkVersion(text: string): SdkVersion {
  const version = parseSdk(text)
  if (version === undefined) throw new InvalidArgumentError('A version such as 2.7.0 is expected.')
  return version
}

function dialectOf({ clock }: Context, { options }: Typed, modem: VirtualModem): Dialect {
  const name = options['dialect'] as DialectName
  if (name === 'at-host') return { name }
  if (name === 'serial-modem') return { name, openMqtt: serialModemMqtt({ modem, clock }) }
  return { name, unescapesLf: compareSdk(options['ncs'] as SdkVersion, unescapesSince) >= 0 }
}

/** Resolves when the first Ctrl-C comes. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function noFirmware(name: string): Awaited<ReturnType<Verb['run']>> {
  return {
    exit: 2,
    failure: {
      what: `there is no virtual board with firmware ${name}`,
      state: 'nothing was offered',
      why: `the virtual modem knows ${names.join(', ')}`,
      next: `sectag modem --firmware ${names.at(-1) ?? ''}`,
    },
  }
}

function noPlace(text: string): Awaited<ReturnType<Verb['run']>> {
  return {
    exit: 2,
    failure: {
      what: `${text} is no TCP port`,
      state: 'nothing was offered',
      why: 'a number from 0 to 65535 is expected, with a host in front if need be',
      next: 'sectag modem --tcp 127.0.0.1:5000',
    },
  }
}

function noPort(error: unknown): Awaited<ReturnType<Verb['run']>> {
  return {
    exit: 3,
    failure: {
      what: `no port could be made: ${error instanceof Error ? error.message : String(error)}`,
      state: 'nothing is offered any more',
      why: 'the TCP port is taken, this machine has no such host, or no more PTYs',
      next: 'sectag modem --tcp 0',
    },
  }
}
