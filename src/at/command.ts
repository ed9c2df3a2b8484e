import { splitLines } from './framing.ts'
import { type Codec, syntaxError } from './syntax.ts'

/** The information lines that a command answers before its final result, joined by CR LF. */
export interface Answer<A> extends Codec<A> {
  /** Whether this line belongs to the answer; any other is unsolicited. */
  claims(line: string): boolean
}

/**
 * One AT command: how the host asks and the modem understands, how the modem answers and the host understands. Both
 * ends of the cable use the same value.
 */
export interface Command<Q, A> {
  /** As in the reference, upper case, without `AT`: `%CMNG`, `+CFUN`; empty for plain `AT`. */
  readonly name: string
  /** What it does in one line, and the page that says so. */
  readonly doc: string
  /** What follows the name: `?`, `=?`, `=…`, or nothing. */
  readonly request: Codec<Q>
  readonly answer: Answer<A>
  /** Milliseconds that a final result may take, the time on the wire not counted. Default 5,000. */
  readonly patience?: number
}

/** What goes over the wire, without terminator. */
export function commandText<Q, A>(command: Command<Q, A>, request: Q): string {
  return `AT${command.name}${command.request.format(request)}`
}

/** A command line taken apart: `AT%CMNG=1,42` → name `%CMNG`, rest `=1,42`; undefined where it is no AT command. */
export function splitCommand(text: string): { name: string; rest: string } | undefined {
  const match = /^\s*AT([+%#][A-Z0-9]+)?((?:[=?].*)?)$/is.exec(text)
  if (match === null) return undefined
  return { name: (match[1] ?? '').toUpperCase(), rest: match[2] ?? '' }
}

function literally(text: string): Codec<void> {
  return {
    format: () => text,
    parse(found) {
      if (found !== text) throw syntaxError(text === '' ? 'no parameters' : text, found)
    },
  }
}

/** The request of a read command: `?`. */
export const readForm = literally('?')
/** The request of a test command: `=?`. */
export const testForm = literally('=?')
/** The request of a command without parameters. */
export const plainForm = literally('')

/** The request of a set command: `=` and parameters. */
export function setForm<Q>(params: Codec<Q>): Codec<Q> {
  return {
    format: (value) => `=${params.format(value)}`,
    parse(text) {
      if (!text.startsWith('=')) throw syntaxError('=', text)
      return params.parse(text.slice(1).trimStart())
    },
  }
}

function parses(codec: Codec<unknown>, line: string): boolean {
  try {
    codec.parse(line)
    return true
  } catch {
    return false
  }
}

/** No information line, only the final result. */
export const noAnswer: Answer<void> = {
  claims: () => false,
  format: () => '',
  parse(text) {
    if (text !== '') throw syntaxError('no information line', text)
  },
}

/** One line with a prefix: `+CFUN: 4`. A line with the prefix that does not parse is taken for a notification. */
export function information<A>(name: string, content: Codec<A>): Answer<A> {
  const prefix = `${name}: `
  const line: Codec<A> = {
    format: (value) => prefix + content.format(value),
    parse(text) {
      if (!text.startsWith(prefix)) throw syntaxError(`a line ${name}:`, text)
      return content.parse(text.slice(prefix.length).trim())
    },
  }
  return { ...line, claims: (text) => parses(line, text) }
}

/** One line without prefix, such as the IMEI or the firmware's name. */
export function bareLine<A>(content: Codec<A>): Answer<A> {
  return {
    claims: (line) => parses(content, line.trim()),
    format: (value) => content.format(value),
    parse: (text) => content.parse(text.trim()),
  }
}

/** Zero or more lines with the same prefix. One that does not parse spoils the whole answer: half a listing is none. */
export function everyLine<A>(name: string, content: Codec<A>): Answer<A[]> {
  const line = information(name, content)
  return {
    // Also a line that has lost its first characters on the way: it must not pass for a notification.
    claims: (text) => text.includes(name.slice(1)) || /,"[0-9A-F]{16,}/i.test(text),
    format: (values) => values.map((value) => line.format(value)).join('\r\n'),
    parse: (text) => splitLines(text).map((text) => line.parse(text)),
  }
}
