import { closeSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  Channel,
  type Command,
  type Entry,
  emptyFraming,
  formatEntry,
  frame,
  type Port,
  Striker,
  type Tap,
} from '../../at/index.ts'
import { makePty } from '../../port/index.ts'
import { byteText, isoTime } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { portFailure, refusalWords } from '../failure.ts'
import { boardOptions, readBoardOptions } from '../options.ts'
import type { Ending, Output } from '../output.ts'
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
    const opened = await context.openPort(options.port, options.serial)
    if (!opened.ok) {
      return { exit: opened.refusal.code === 'unknown-address' ? 2 : 3, failure: portFailure(opened.refusal) }
    }
    const path = resolve(context.cwd, String(typed.options['out']))
    const tape = new Tape(path, output)
    tape.write({ direction: '#', text: `recorded by sectag, ${isoTime(context.clock.now())}, ${options.port}` })
    try {
      if (typed.options['through'] === true) return await passThrough(context, output, opened.value, tape)
      return await typeLines(context, output, opened.value, tape)
    } finally {
      tape.close()
    }
  },
}

/** The file, and the screen. */
class Tape {
  readonly #handle: number
  readonly #output: Output
  lines = 0

  constructor(path: string, output: Output) {
    this.#handle = openSync(path, 'a', 0o600)
    this.#output = output
  }

  write(entry: Entry): void {
    this.lines++
    const line = formatEntry(entry)
    writeSync(this.#handle, `${line}\n`)
    this.#output.event('line', { direction: entry.direction, text: entry.text }, line)
  }

  close(): void {
    closeSync(this.#handle)
  }
}

/** Any command line, typed by a person: whatever comes before the final result is its answer. */
const anything: Command<string, void> = {
  name: '',
  doc: 'A line as it was typed.',
  request: { format: (text) => text.replace(/^\s*at/i, ''), parse: (text) => text },
  answer: { claims: () => false, format: () => '', parse: () => {} },
  patience: 60_000,
}

async function typeLines(context: Context, output: Output, port: Port, tape: Tape): Promise<Ending> {
  const tap: Tap = (entry) => tape.write(entry)
  const channel = new Channel(port, { clock: context.clock, tap })
  const gone = channel.closed.then(() => 'gone' as const)
  const stop = untilAborted(context.signal).then(() => 'stop' as const)
  let framing = emptyFraming
  let refused = 0
  try {
    const input = context.input[Symbol.asyncIterator]()
    for (;;) {
      const chunk = await Promise.race([input.next(), gone, stop])
      if (chunk === 'stop' || chunk === 'gone') break
      const framed = frame(framing, chunk.done === true ? '\n' : chunk.value)
      framing = framed.framing
      for (const line of framed.lines) refused += await sendLine(channel, output, line)
      if (chunk.done === true) break
    }
    return { exit: 0, more: { lines: tape.lines, refused } }
  } finally {
    await channel.close()
  }
}

async function sendLine(channel: Channel, output: Output, line: string): Promise<number> {
  if (!/^\s*at/i.test(line)) {
    output.notice('not-sent', `not sent, it does not begin with AT: ${line.slice(0, 40)}`)
    return 0
  }
  const outcome = await channel.send(anything, line.trim())
  if (outcome.ok) return 0
  const { kind } = outcome.refusal
  if (kind !== 'cme' && kind !== 'cms' && kind !== 'error') output.notice('no-answer', refusalWords(outcome.refusal))
  return 1
}

/** Both directions pass untouched; the tape hears logical lines with the secrets struck out. */
async function passThrough(context: Context, output: Output, board: Port, tape: Tape): Promise<Ending> {
  const pty = makePty()
  output.event('board', { address: `pty:${pty.path}` }, `${pty.path}  is the board; what is said is recorded`)
  output.notice('ready', 'Ctrl-C ends it.')
  const said = new Striker()
  const ended = new AbortController()
  context.signal.addEventListener('abort', () => ended.abort())
  const there = pipe(pty.port, board, '>', said, tape, ended.signal)
  const back = pipe(board, pty.port, '<', said.twin(), tape, ended.signal)
  await Promise.race([untilAborted(context.signal), board.closed, pty.port.closed])
  ended.abort()
  await Promise.all([there, back])
  pty.close()
  await board.writable.close().catch(() => {})
  return { exit: 0, more: { lines: tape.lines } }
}

async function pipe(
  from: Port,
  to: Port,
  direction: '>' | '<',
  striker: Striker,
  tape: Tape,
  signal: AbortSignal,
): Promise<void> {
  let framing = emptyFraming
  const hear = new TransformStream({
    transform(chunk: Uint8Array<ArrayBuffer>, controller) {
      const framed = frame(framing, byteText(chunk))
      framing = framed.framing
      for (const line of framed.lines) tape.write({ direction, text: striker.line(line).text })
      controller.enqueue(chunk)
    },
  })
  const options = { signal, preventCancel: true, preventClose: true, preventAbort: true }
  await Promise.all([
    from.readable.pipeTo(hear.writable, { signal, preventCancel: true }),
    hear.readable.pipeTo(to.writable, options),
  ]).catch(() => {})
}
