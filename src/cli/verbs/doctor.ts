import { createReadStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import {
  contextKeys,
  contextMedia,
  type EvidenceHead,
  isContext,
  LineSplitter,
  type Read,
  Reading,
  verdictOf,
} from '../../doctor/index.ts'
import { type Bytes, bytesOf, type Instant } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { tagNumber } from '../options.ts'
import type { Ending } from '../output.ts'
import type { Typed, Verb } from '../verb.ts'
import { endOfVerdict, tellVerdict } from '../verdict.ts'

/** `sectag doctor` */
export const doctor: Verb = {
  name: 'doctor',
  summary: 'name the cause of a failure from logs, dialogues and broker lines; touches no board',
  examples: [
    'sectag doctor device.log mosquitto.log --context sdk=1.0.0,libc=minimal',
    'sectag doctor sms.txt --tag 16842753',
    'sectag list --port /dev/ttyACM0 --json | sectag doctor - device.log --json',
  ],
  shape(command) {
    command
      .argument('[files...]', 'logs, transcripts, AT replies, broker lines, our own --json; - is standard input')
      .option('--context <items>', `what is known beforehand: ${contextKeys.map((key) => `${key}=…`).join(',')}`)
      .option('--tag <n>', 'the security tag that the application uses', tagNumber)
  },
  async run(context, output, typed) {
    const items = contextItems(typed)
    const wrong = items.find((item) => !isContext(item))
    if (wrong !== undefined) return wrongContext(wrong)
    const reads: Read[] = [readKnown(items, context.clock.now())]
    for (const name of new Set(typed.args.length === 0 ? ['-'] : typed.args)) {
      const read = await readFile(name, context)
      if ('exit' in read) return read
      reads.push(read)
    }
    const verdict = verdictOf(reads)
    tellVerdict(output, verdict)
    return endOfVerdict(verdict, typed)
  },
}

function contextItems({ options }: Typed): string[] {
  const { context, tag } = options as { context?: string; tag?: number }
  const items = context?.split(',').filter((item) => item.trim() !== '') ?? []
  return tag === undefined ? items : [...items, `tag=${tag}`]
}

function headOf(name: string, received: Instant): EvidenceHead {
  const id = name === '-' ? 'stdin' : name
  return { id, channel: 'file', source: basename(id), received, trust: 'unknown', media: 'text/plain' }
}

function readKnown(items: readonly string[], received: Instant): Read {
  const reading = new Reading({ ...headOf('--context', received), media: contextMedia })
  for (const item of items) reading.line(item)
  return reading.end()
}

/** Line by line: a log may be larger than the memory. */
async function readFile(name: string, context: Context): Promise<Read | Ending> {
  const reading = new Reading(headOf(name, context.clock.now()))
  const splitter = new LineSplitter((line) => reading.line(line))
  try {
    for await (const bytes of bytesFrom(name, context)) splitter.bytes(bytes)
  } catch (error) {
    return notRead(name, error)
  }
  splitter.end()
  return reading.end()
}

async function* bytesFrom(name: string, context: Context): AsyncGenerator<Bytes> {
  if (name === '-') for await (const text of context.input) yield bytesOf(text)
  else for await (const chunk of createReadStream(resolve(context.cwd, name))) yield Uint8Array.from(chunk as Buffer)
}

function wrongContext(item: string): Ending {
  return {
    exit: 2,
    failure: {
      what: `--context has an item that cannot be understood: ${item.slice(0, 80)}`,
      state: 'no board was touched',
      why: `items are ${contextKeys.map((key) => `${key}=…`).join(', ')}; libc is minimal, newlib, picolibc or raw`,
      next: 'sectag doctor device.log --context sdk=1.0.0,libc=minimal',
    },
  }
}

function notRead(name: string, error: unknown): Ending {
  return {
    exit: 2,
    failure: {
      what: `${name} cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`,
      state: 'no board was touched',
      why: 'evidence is read from files, or from standard input with -',
      next: 'sectag doctor -',
    },
  }
}
