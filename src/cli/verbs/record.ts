import { closeSync, openSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  Channel,
  type Dialect,
  type Entry,
  emptyFraming,
  type Framing,
  formatEntry,
  frame,
  type Port,
  Striker,
} from '../../at/index.ts'
import { makePty } from '../../port/index.ts'
import { byteText, isoTime } from '../../terms/index.ts'
import { type BoardOptions, meet } from '../board.ts'
import { cutters } from '../cutters.ts'
import { anything } from '../anything.ts'
import type { Context } from '../context.ts'
import { portFailure, refusalWords } from '../failure.ts'
import { boardOptions, readBoardOptions } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import { unwritable } from '../unwritable.ts'
import type { Verb } from '../verb.ts'
import { untilAborted } from './modem.ts'

/** `sectag record` */
export const record: Verb = {
  name: 'record',
  summary: 'a port with a tape recorder: transcripts of real boards, secrets struck out',
  examples: [
    'sectag record --port /dev/ttyACM0 --out board.at',
    "printf 'AT+CGMR\\nAT%%CMNG=1\\n' | sectag record --port /dev/ttyACM0 --out board.at",
    'sectag record --port /dev/ttyACM0 --out tool.at --through   # then point another tool at the PTY it prints',
  ],
  shape(command) {
    boardOptions(command)
    command.requiredOption('-o, --out <file>', 'the transcript')
    command.option('--through', 'offer a PTY to another tool and record what the two say')
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    const path = resolve(context.cwd, String(typed.options['out']))
    const tape = openTape(path, output)
    if ('exit' in tape) return tape
    tape.write({
      direction: '#',
      text: `recorded by sectag, ${isoTime(context.clock.now())}, ${options.port}; what the board says of itself (IMEI, ICCID, digests) is not struck out`,
    })
    try {
      const opened = await context.openPort(options.port, options.serial)
      if (!opened.ok)
        return { exit: opened.refusal.code === 'unknown-address' ? 2 : 3, failure: portFailure(opened.refusal) }
      return await recordOn(context, output, options, opened.value, tape, typed.options['through'] === true)
    } finally {
      tape.close()
    }
  },
}

/** First the board's attention, as with every verb; then what is typed, or the other tool. */
async function recordOn(
  context: Context,
  output: Output,
  options: BoardOptions,
  port: Port,
  tape: Tape,
  through: boolean,
): Promise<Ending> {
  // What sectag itself asks first belongs on nobody's tape.
  let rolling = false
  const channel = new Channel(port, {
    clock: context.clock,
    ...(options.dialect !== undefined && { dialect: options.dialect }),
    tap: (entry) => rolling && tape.write(entry),
  })
  try {
    const board = await meet(context, output, options, channel)
    if ('exit' in board) return board
    rolling = true
    if (!through) return await typeLines(context, output, channel, tape)
    const dialect = channel.dialect ?? 'at-host'
    return await passThrough(context, output, channel.release(), tape, dialect)
  } finally {
    await channel.close()
  }
}

/** The file, and the screen. */
class Tape {
  readonly #handle: number
  readonly #output: Output
  lines = 0

  constructor(handle: number, output: Output) {
    this.#handle = handle
    this.#output = output
  }

  write(entry: Entry): void {
    this.lines++
    const line = formatEntry(entry)
    writeFileSync(this.#handle, `${line}\n`)
    this.#output.event('line', { direction: entry.direction, text: entry.text }, line)
  }

  close(): void {
    closeSync(this.#handle)
  }
}

function openTape(path: string, output: Output): Tape | Ending {
  try {
    return new Tape(openSync(path, 'a', 0o600), output)
  } catch (error) {
    return unwritable(path, error)
  }
}

async function typeLines(context: Context, output: Output, channel: Channel, tape: Tape): Promise<Ending> {
  const gone = channel.closed.then(() => 'gone' as const)
  const stop = untilAborted(AbortSignal.any([context.signal, context.readerGone])).then(() => 'stop' as const)
  const typed: Typing = { framing: emptyFraming, lines: 0, refused: 0 }
  const input = context.input[Symbol.asyncIterator]()
  for (;;) {
    const chunk = await Promise.race([input.next(), gone, stop])
    if (chunk === 'gone') return pulled(tape)
    if (chunk === 'stop') break
    await takeTyped(channel, output, typed, chunk.done === true ? '\n' : chunk.value)
    if (chunk.done === true) break
  }
  if (typed.framing.line !== '') notSent(output, typed.lines + 1, 'a quote in it is never closed')
  return { exit: 0, more: { lines: tape.lines, refused: typed.refused } }
}

/** What has been typed so far. */
interface Typing {
  framing: Framing
  lines: number
  refused: number
}

async function takeTyped(channel: Channel, output: Output, typed: Typing, text: string): Promise<void> {
  const framed = frame(typed.framing, text)
  typed.framing = framed.framing
  for (const line of framed.lines) {
    typed.lines++
    if (!/^\s*at/i.test(line)) notSent(output, typed.lines, 'it does not begin with AT')
    else if (!(await sendLine(channel, output, line))) typed.refused++
  }
}

/** What was not sent is not repeated either: it may be a key whose first line went wrong. */
function notSent(output: Output, line: number, why: string): void {
  output.warn('not-sent', `Line ${line} was not sent: ${why}.`, { line })
}

async function sendLine(channel: Channel, output: Output, line: string): Promise<boolean> {
  const outcome = await channel.send(anything, line.trim())
  if (outcome.ok) return true
  const { kind } = outcome.refusal
  if (kind !== 'cme' && kind !== 'cms' && kind !== 'error') output.warn('no-answer', refusalWords(outcome.refusal))
  return false
}

function pulled(tape: Tape): Ending {
  const failure = {
    what: 'the cable was unplugged while recording',
    state: `${tape.lines} lines are on the tape; nothing of ours is under way on the board`,
    why: 'the port went away: unplugged, or the board lost its power',
    next: 'sectag ports',
  }
  return { exit: 3, refusal: { kind: 'unplugged' }, failure }
}

/** Both directions pass untouched; the tape hears logical lines with the secrets struck out. */
async function passThrough(
  context: Context,
  output: Output,
  board: Port,
  tape: Tape,
  dialect: Dialect,
): Promise<Ending> {
  const pty = makePty()
  output.event('board', { address: `pty:${pty.path}` }, `${pty.path}  is the board; what is said is recorded`)
  output.notice('ready', 'Ctrl-C ends it.')
  const said = new Striker()
  const ended = new AbortController()
  context.signal.addEventListener('abort', () => ended.abort())
  const cut = cutters(dialect)
  const write =
    (direction: Entry['direction'], striker: Striker, lines: (text: string) => string[]) => (text: string) => {
      for (const line of lines(text)) tape.write({ direction, text: striker.line(line).text })
    }
  const there = pipe(pty.port, board, write('>', said, cut.there), ended.signal)
  const back = pipe(board, pty.port, write('<', said.twin(), cut.back), ended.signal)
  const ending = await Promise.race([untilAborted(AbortSignal.any([context.signal, context.readerGone])), board.closed])
  ended.abort()
  await Promise.all([there, back])
  pty.close()
  await board.writable.close().catch(() => {})
  return ending === 'unplugged' ? pulled(tape) : { exit: 0, more: { lines: tape.lines } }
}

async function pipe(from: Port, to: Port, tell: (text: string) => void, signal: AbortSignal): Promise<void> {
  const hear = new TransformStream({
    transform(chunk: Uint8Array<ArrayBuffer>, controller) {
      tell(byteText(chunk))
      controller.enqueue(chunk)
    },
  })
  const options = { signal, preventCancel: true, preventClose: true, preventAbort: true }
  await Promise.all([
    from.readable.pipeTo(hear.writable, { signal, preventCancel: true }),
    hear.readable.pipeTo(to.writable, options),
  ]).catch(() => {})
}
