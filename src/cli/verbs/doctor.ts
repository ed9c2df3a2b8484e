import { blinkTable, contextForm, contextKeys, isContext, type Read, verdictOf } from '../../doctor/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { inquire } from '../doctor/ask.ts'
import { readFile, readKnown, readLight } from '../doctor/reads.ts'
import { tagNumber, wholeNumber } from '../options.ts'
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
      .option('--led <n>', `how often the red light blinks in a row: 1 to ${blinkTable.length}`, wholeNumber)
      .option('--ask', 'ask the person in front, and only what changes the verdict')
  },
  async run(context, output, typed) {
    const items = contextItems(typed)
    const wrong = items.find((item) => !isContext(item))
    if (wrong !== undefined) return wrongContext(wrong)
    if (typed.options['ask'] === true && context.ask === undefined) return nobodyToAsk()
    const light = lightOf(typed, context.clock.now())
    if (light !== undefined && 'exit' in light) return light
    if (context.ask !== undefined && readsInput(typed)) output.notice('reading', howToEnd)
    const heard = await readAll(context, typed, light)
    if ('exit' in heard) return heard
    const reads = [readKnown(items, context.clock.now()), ...heard]
    if (typed.options['ask'] === true) reads.push(...(await inquire(context, output, reads)))
    const verdict = verdictOf(reads)
    tellVerdict(output, verdict)
    // Without a file it was standard input, which is still wanted beside the answer.
    return endOfVerdict(verdict, fromInput(typed) ? `${typed.line} -` : typed.line)
  },
}

/** On a terminal nothing would happen, and nobody would know why. */
const howToEnd = 'reading standard input: paste a log or an answer, then type Ctrl-D on a line of its own'

function readsInput(typed: Typed): boolean {
  return fromInput(typed) || typed.args.includes('-')
}

/** Whether nothing was named that says anything. */
function fromInput({ args, options }: Typed): boolean {
  return args.length === 0 && options['led'] === undefined && options['ask'] !== true
}

/** The files that were named; standard input where nothing else says anything. */
async function readAll(context: Context, typed: Typed, light: Read | undefined): Promise<Read[] | Ending> {
  const names = fromInput(typed) ? ['-'] : typed.args
  const reads: Read[] = light === undefined ? [] : [light]
  for (const name of new Set(names)) {
    const read = await readFile(name, context)
    if ('exit' in read) return read
    reads.push(read)
  }
  return reads
}

function lightOf({ options }: Typed, now: Instant): Read | undefined | Ending {
  const times = options['led'] as number | undefined
  if (times === undefined) return undefined
  return readLight(times, now) ?? noSuchLight(times)
}

function noSuchLight(times: number): Ending {
  const known = blinkTable.map((entry) => `${entry.times} ${entry.says}`).join('; ')
  const failure = {
    what: `${times} blinks have no meaning`,
    state: 'no board was touched',
    why: `known are: ${known}`,
    next: 'sectag doctor --led 5',
  }
  return { exit: 2, failure }
}

function nobodyToAsk(): Ending {
  const failure = {
    what: '--ask was given, and nobody can be asked',
    state: 'no board was touched',
    why: 'standard input is no terminal',
    next: 'sectag doctor device.log',
  }
  return { exit: 2, failure }
}

function contextItems({ options }: Typed): string[] {
  const { context, tag } = options as { context?: string; tag?: number }
  const items = context?.split(',').filter((item) => item.trim() !== '') ?? []
  return tag === undefined ? items : [...items, `tag=${tag}`]
}

function wrongContext(item: string): Ending {
  return {
    exit: 2,
    failure: {
      what: `--context has an item that cannot be understood: ${item.slice(0, 80)}`,
      state: 'no board was touched',
      why: contextForm(item) ?? `items are ${contextKeys.map((key) => `${key}=…`).join(', ')}`,
      next: 'sectag doctor device.log --context sdk=1.0.0,libc=minimal',
    },
  }
}
