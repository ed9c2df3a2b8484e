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

/** So much of a line is looked at by readers that search in it; only dialogues need more. */
const searched = 2048

/** Takes the colours off. Also their remains, as forums leave them. */
export function bareOf(text: string): string {
  return text.replace(colours, '')
}

/** What a line says, and which module says it. */
export function messageOf(raw: string): { text: string; module?: string; stamped: boolean } {
  let text = raw.slice(0, searched)
  let stamped = false
  for (let match = stamp.exec(text); match !== null && text !== ''; match = stamp.exec(text)) {
    text = text.slice(match[0].length)
    stamped = true
  }
  const levelled = level.exec(text)
  if (levelled === null) return { text, stamped }
  text = text.slice(levelled[0].length)
  const module = moduleName.exec(text)?.[1]
  if (module === undefined) return { text, stamped }
  return { text: text.slice(module.length + 2), module, stamped }
}

/** A line that Mosquitto's own log begins with: seconds since 1970, or the line of a new connection. */
export function isBrokerLine(raw: string): boolean {
  return /^\s*\d{9,11}: |New connection from \S+|Client <unknown> |on client <unknown>|CLIENT ALERT|SERVER ALERT/.test(
    raw.slice(0, searched),
  )
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
