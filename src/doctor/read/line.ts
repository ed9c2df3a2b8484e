import type { Role } from '../facts.ts'
import type { Place } from '../ledger.ts'

/** One line as readers get it: without its secrets, its colours, and the stamps that a terminal or a logger puts in front. */
export interface Line extends Place {
  readonly number: number
  /** The whole line. */
  readonly raw: string
  /** What it says, without stamp, level and module. */
  readonly text: string
  /** The module of a Zephyr log line: `mqtt_helper`. */
  readonly module?: string
  readonly role: Role
  /** Whose log this is, where that shows. */
  readonly speaker?: 'broker' | 'device'
  /** It has the form of a line of a broker's own log. */
  readonly brokers?: true
}

/** A reader sees every line once, in the order of time as far as stamps tell it, and then the end. It never fails on a line: what it does not know is not for it. */
export interface Reader {
  line(line: Line): void
  end(): void
}

/** Nothing is left to say at the end. */
export const noEnd = (): void => {}

const escape = String.fromCharCode(27)
const colours = new RegExp(`${escape}\\[[0-9;]*[A-Za-z]|\\[(?:[0-9];)?[0-9]{1,2}m`, 'g')

/** Stamps in front of a line: `[00:00:05.562,835]`, `[15:03:48.692]`, `2023-04-14T03:30:22.23+00:00`, `1560519266:`. */
const stamp =
  /^\s*(?:\[\d{1,3}:\d\d:\d\d[.,\d]*\]|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?\]?:?|\d\d:\d\d:\d\d[.,]\d+|\d{9,11}:)\s*/
const level = /^(?:<(?:err|wrn|inf|dbg)>|\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG)\]?:?(?=\s)|[EWID]:)\s*/i
const moduleName = /^([A-Za-z][\w./-]{1,40}): (?=\S)/

/** What collectors of logs put in front: `May 11 10:00:00 host mosquitto[311]: `, `host mosquitto[311]: ` behind a date, `mosquitto-1  | `. */
const brokerName = '(?:mosquitto|emqx|hivemq|vernemq|nanomq)'
const collected = new RegExp(
  `^\\s*(?:${[
    '[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})? [\\w.:-]{1,64} ([\\w./@-]{1,48}?)(?:\\[\\d{1,10}\\])?: ',
    `[\\w.:-]{1,64} (${brokerName}[\\w.-]{0,30})\\[\\d{1,10}\\]: `,
    `((?:[a-z][\\w.-]{0,24}[-_])?(?:${brokerName}|mqtt|broker)[\\w.-]{0,24}|[a-z][\\w.-]{1,48}(?= +\\| (?:\\d{9,11}:|\\d{4}-\\d\\d-\\d\\d)\\S* )) +\\| (?=\\S)`,
  ].join('|')})`,
)

/** So much of a line is looked at by readers that search in it; only dialogues need more. */
const searched = 2048

/** Takes the colours off. Also their remains, as forums leave them. */
export function bareOf(text: string): string {
  return text.replace(colours, '')
}

/** What a line says, and which module says it; `program`: whose line it is, where a collector of logs tells. */
export function messageOf(raw: string): { text: string; module?: string; program?: string; stamped: boolean } {
  const { text: behind, stamped, program } = unstamped(raw.slice(0, searched))
  let text = behind
  const own = { stamped, ...(program !== undefined && { program }) }
  const levelled = level.exec(text)
  if (levelled === null) return { text, ...own }
  text = text.slice(levelled[0].length)
  const module = moduleName.exec(text)?.[1]
  if (module === undefined) return { text, ...own }
  return { text: text.slice(module.length + 2), module, ...own }
}

/** A line without the stamps that stand in front of it, and without the heads of collectors between them. */
function unstamped(raw: string): { text: string; program?: string; stamped: boolean } {
  let text = raw
  let program: string | undefined
  while (text !== '') {
    const head = collected.exec(text)
    const front = head ?? stamp.exec(text)
    if (front === null) break
    program = head?.slice(1).find(Boolean) ?? program
    text = text.slice(front[0].length)
  }
  return { text, stamped: text !== raw, ...(program !== undefined && { program }) }
}

const good = /\b(?:working|good|healthy)\s+(?:board|unit|device|kit|one|node)s?\b/i
const bad =
  /\b(?:failing|failed|bad|broken|dead|faulty|affected|lost|non-working)\s+(?:board|unit|device|kit|one|node)s?\b/i

/** What is longer is a sentence, and may tell what once was. */
const longestHeading = 90

/**
 * Whose lines follow: a board that works is often shown for comparison, and what it holds must not be taken for what the
 * other one holds. Only headings count, and what stands in front of an AT command: prose may speak of any board.
 */
export function headingOf(raw: string): Role | undefined {
  const text = raw.slice(0, 300)
  const command = text.search(/\bAT[+%#]/i)
  const heading =
    /^\s*#/.test(text) ||
    (text.length < longestHeading && /:\s*$/.test(text)) ||
    (text.length < 60 && !/[.!?]\s*$/.test(text))
  if (command < 0 && !heading) return undefined
  const front = command < 0 ? text : text.slice(0, command)
  if (bad.test(front)) return 'patient'
  return good.test(front) ? 'reference' : undefined
}

const brokers = '(?:broker|mosquitto|emqx|server)'
const devices = '(?:client|device|board|modem|kit)'
const label = (who: string): RegExp =>
  new RegExp(
    `^\\s*(?:#\\s*)?${who}(?: v?\\d[\\w.]{0,12})?(?: (?:log|logs|side|says|output))?\\s*:|^.{0,40}\\b${who}(?: (?:log|logs|says))?:?\\s*$`,
    'i',
  )
const [brokerLabel, deviceLabel] = [label(brokers), label(devices)]

const clientCommand = /^\W{0,4}(?:mosquitto_(?:sub|pub|rr)|curl|wget|paho\w*|python3? \S+\.py|node \S+\.js|java -)\s?/i

/** Whose log begins here, by a label such as `broker:` or `device log:`. */
export function speakerOf(raw: string): 'broker' | 'device' | undefined {
  const text = raw.slice(0, 200)
  // A subject of a certificate is no label, whatever it is called.
  if (/\bCN ?=/.test(text)) return undefined
  // What a client's command prints is the client's, until another label comes.
  if (clientCommand.test(text)) return 'device'
  if (brokerLabel.test(text)) return 'broker'
  return deviceLabel.test(text) ? 'device' : undefined
}
