import { lstatSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Read, verdictOf } from '../../doctor/index.ts'
import { hex, isoTime, utf8 } from '../../terms/index.ts'
import { unwritable } from '../unwritable.ts'
import { askBoard, type FromBoard } from '../bundle/board.ts'
import { type Enclosed, enclose, freeName, plainName } from '../bundle/evidence.ts'
import { type Entry, tar } from '../bundle/tar.ts'
import { howToTrace, readmeOf, traceWarning } from '../bundle/words.ts'
import type { Context } from '../context.ts'
import { putNewFiles } from '../home/on-disk.ts'
import { boardOptions, readBoardOptions } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed, Verb } from '../verb.ts'
import { version } from '../version.ts'

/** A larger trace does not fit into one archive. */
const largestTrace = 512 * 2 ** 20

/** `sectag bundle` */
export const bundle: Verb = {
  name: 'bundle',
  summary: "collect what a vendor's support will ask for into one archive, secrets struck out",
  examples: [
    'sectag bundle device.log --port /dev/ttyACM0 --out case.tar.gz',
    'sectag bundle device.log mosquitto.log --out case.tar.gz',
    'sectag bundle device.log --trace trace.bin --out case.tar.gz',
  ],
  shape(command) {
    boardOptions(command)
    command
      .argument('[files...]', 'logs, transcripts, broker lines')
      .requiredOption('--out <file>', 'the archive, a .tar.gz that is not there yet')
      .option('--trace <file>', 'a modem trace, as it was recorded; it holds subscriber data')
  },
  async run(context, output, typed) {
    const wrong = wrongPlace(context, typed)
    if (wrong !== undefined) return wrong
    const logs = await encloseAll(context, typed)
    if ('exit' in logs) return logs
    const trace = traceOf(context, typed)
    if (trace !== undefined && 'exit' in trace) return trace
    const board = typed.options['port'] === undefined ? undefined : await ofBoard(context, output, typed)
    if (board !== undefined && 'exit' in board) return board
    if (logs.length === 0 && trace === undefined && board === undefined) return nothing()
    return write(context, output, typed, { board, logs, trace })
  },
}

/** Where no archive can be made; that is said before a board is asked. */
function wrongPlace(context: Context, { options }: Typed): Ending | undefined {
  const out = String(options['out'])
  const path = resolve(context.cwd, out)
  try {
    // A link that leads nowhere is in the way too.
    if (out !== '' && lstatSync(path, { throwIfNoEntry: false }) !== undefined) return alreadyThere(out)
    statSync(dirname(path))
  } catch (error) {
    return unwritable(out, error)
  }
  return out === '' ? unwritable(out, undefined) : undefined
}

/** No archive is ever replaced. */
function alreadyThere(out: string): Ending {
  const failure = {
    what: `${out} is there already`,
    state: 'no board was touched, and what is there was left as it is',
    why: 'no archive is ever replaced: it may be the only record of how things stood',
    next: 'sectag bundle device.log --out case-2.tar.gz',
  }
  return { exit: 2, failure }
}

async function ofBoard(context: Context, output: Output, typed: Typed): Promise<FromBoard | Ending> {
  const options = readBoardOptions(typed)
  return 'exit' in options ? options : askBoard(context, output, options)
}

async function encloseAll(context: Context, { args }: Typed): Promise<Enclosed[] | Ending> {
  const logs: Enclosed[] = []
  const taken = new Set<string>()
  for (const name of new Set(args)) {
    const path = resolve(context.cwd, name)
    try {
      logs.push(await enclose(path, freeName(path, taken), context.clock.now()))
    } catch (error) {
      return notRead(name, error)
    }
  }
  return logs
}

function traceOf(context: Context, { options }: Typed): Entry | Ending | undefined {
  const name = options['trace']
  if (typeof name !== 'string') return undefined
  const path = resolve(context.cwd, name)
  try {
    if (statSync(path).size > largestTrace) return notRead(name, new Error('it is larger than 512 MiB'))
    return { name: `trace/${plainName(path)}`, body: readFileSync(path) }
  } catch (error) {
    return notRead(name, error)
  }
}

/** All that goes into one archive. */
interface Collected {
  readonly board: FromBoard | undefined
  readonly logs: readonly Enclosed[]
  readonly trace: Entry | undefined
}

function write(context: Context, output: Output, typed: Typed, { board, logs, trace }: Collected): Ending {
  // What the board answered is evidence like its logs.
  const verdict = verdictOf([...logs, ...(board === undefined ? [] : [board])].map(({ read }): Read => read))
  const told = { name: 'verdict.json', body: utf8(`${JSON.stringify(verdict, null, 2)}\n`) }
  const own = [...(board?.entries ?? []), ...logs.map(({ entry }) => entry), told]
  const files = trace === undefined ? own : [...own, trace]
  const struck = logs.reduce((sum, log) => sum + log.struck, 0)
  const readme = readmeOf({
    names: files.map(({ name }) => name),
    struck,
    cut: logs.filter(({ cut }) => cut).map(({ entry }) => entry.name),
    made: isoTime(context.clock.now()),
    version,
    ...(trace !== undefined && { trace: trace.name }),
  })
  const entries = [{ name: 'README.txt', body: utf8(readme) }, ...files]
  const out = String(typed.options['out'])
  const path = resolve(context.cwd, out)
  try {
    const text = gzipSync(tar(entries, context.clock.now() / 1000))
    putNewFiles([{ path, text, mode: 0o600 }], hex(context.random.bytes(6)))
  } catch (error) {
    return unwritable(out, error, notWritten(board))
  }
  tell(output, out, entries, struck, trace)
  return { exit: 0, more: { struck } }
}

function notWritten(board: FromBoard | undefined): string {
  const asked = board === undefined ? 'no board was touched' : 'the board was only asked, and nothing on it was changed'
  return `${asked}; no archive was written`
}

function tell(output: Output, out: string, entries: readonly Entry[], struck: number, trace: Entry | undefined): void {
  const names = entries.map(({ name }) => name)
  const rows = names.map((name) => `  ${name}`)
  output.event('bundle', { out, files: names, struck }, [`${out}: struck out ${struck} times`, ...rows].join('\n'))
  if (trace === undefined) output.notice('no-trace', howToTrace.join(' '), {}, howToTrace.join('\n'))
  else output.warn('trace', `${trace.name}: ${traceWarning}.`)
}

function notRead(name: string, error: unknown): Ending {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const why = name === '' ? 'the name is empty' : code
  const failure = {
    what: `${name === '' ? 'a file without a name' : name} cannot be read: ${why}`,
    state: 'no board was touched, and no archive was written',
    why: 'logs and traces are read from files',
    next: 'sectag bundle device.log --out case.tar.gz',
  }
  return { exit: 2, failure }
}

function nothing(): Ending {
  const failure = {
    what: 'there is nothing to collect',
    state: 'no board was touched, and no archive was written',
    why: 'neither a file nor --port nor --trace was given',
    next: 'sectag bundle device.log --port PORT --out case.tar.gz',
  }
  return { exit: 2, failure }
}
