import { createInterface } from 'node:readline/promises'
import { listPorts, openPort, systemClock } from '../port/index.ts'
import type { Context } from './context.ts'
import { endedAtOnce } from './ended-at-once.ts'
import { runCommand } from './program.ts'
import { systemRandom } from './system-random.ts'
import { printWhole, unprinted } from './unprinted.ts'
import { version } from './version.ts'

const stopping = new AbortController()
const readerGone = new AbortController()
let signals = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    signals++
    if (signals === 1) stopping.abort(new Error(signal))
    if (signals === 3) {
      process.stderr.write(endedAtOnce(process.argv.slice(2), signal))
      process.exit(7)
    }
  })
}

async function ask(question: string): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const ended = new Promise<undefined>((resolve) => reader.once('close', () => resolve(undefined)))
  try {
    return await Promise.race([reader.question(question, { signal: stopping.signal }), ended])
  } catch {
    return undefined
  } finally {
    reader.close()
  }
}

async function* input(): AsyncGenerator<string> {
  process.stdin.setEncoding('latin1')
  for await (const chunk of process.stdin) yield String(chunk)
}

const wanted = !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'
const colour = { out: wanted && process.stdout.isTTY, err: wanted && process.stderr.isTTY }

// In a clone, `npm run sectag` moves to the root; the files are named from where it was typed.
const typedIn = process.env['npm_lifecycle_event'] === 'sectag' ? process.env['INIT_CWD'] : undefined

const context: Context = {
  clock: systemClock,
  random: systemRandom,
  env: process.env,
  cwd: typedIn ?? process.cwd(),
  out: (text) => printWhole(process.stdout, text),
  err: (text) => printWhole(process.stderr, text),
  readerGone: readerGone.signal,
  colour,
  // A terminal that does not tell its width is taken for the usual one.
  ...(process.stdout.isTTY && { columns: process.stdout.columns || 80 }),
  ask: process.stdin.isTTY ? ask : undefined,
  input: { [Symbol.asyncIterator]: input },
  signal: stopping.signal,
  listPorts,
  openPort: (address, options) => openPort(address, options, systemClock),
}

// What nobody caught is our own fault; only its name and place are told, because a message might quote its input.
process.on('uncaughtException', (error) => {
  const place =
    error.stack
      ?.split('\n')
      .find((line) => line.trim().startsWith('at '))
      ?.trim() ?? ''
  process.stderr.write(`error  sectag itself failed: ${error.name} ${place}\n`)
  process.stderr.write(
    'state  unknown: look before you write again\nwhy    this is a defect of ours; please report it\nnext   sectag list --port PORT\n',
  )
  process.exit(70)
})

// A reader that closes its pipe early, such as `head`, must not end a run in the middle: only the printing ends. So does it
// where a disk takes no more, and that is told at the end.
let lost: unknown
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (stream === process.stdout) lost ??= error
    readerGone.abort()
  })

const exit = await runCommand(process.argv.slice(2), version, context)
await new Promise<void>((resolve) => {
  if (process.stdout.writable) process.stdout.write('', () => resolve())
  else resolve()
})
// What went wrong with the last words is told one turn later.
await new Promise((resolve) => setImmediate(resolve))
const failed = lost === undefined ? undefined : unprinted(lost, exit)
if (failed !== undefined) printWhole(process.stderr, failed.text)
process.exit(failed?.exit ?? exit)
