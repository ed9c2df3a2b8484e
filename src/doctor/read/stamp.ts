/** When a line was said, by its own stamp: since the start of a board, or since 1970. */
export interface Stamp {
  readonly clock: 'uptime' | 'date'
  /** Microseconds. */
  readonly at: number
}

const uptime = /^\s*\[(\d{1,3}):(\d\d):(\d\d)(?:[.,](\d{3})(?:,?(\d{3}))?)?\]/
const date =
  /^\s*\[?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{3})(?:,?(\d{3}))?\d*)?(?:Z|([+-]\d\d):?(\d\d))?\]?:?(?=\s)/
const epoch = /^\s*(\d{9,11}):(?=\s)/

const second = 1_000_000

/**
 * The stamp of a line: Zephyr's uptime, a date, or the seconds of Mosquitto's log. Where a terminal's stands in front of a
 * board's, it is the board's, as only that one says in which order things happened.
 *
 * @example stampOf('[00:00:05.562,835] <inf> app: up') // { clock: 'uptime', at: 5_562_835 }
 */
export function stampOf(text: string): Stamp | undefined {
  // Nearly all lines of a log have one, and nearly all lines of a dialogue have none.
  if (!/^\s*[[\d]/.test(text)) return undefined
  const found = uptimeOf(text) ?? dateOf(text) ?? epochOf(text)
  if (found === undefined) return undefined
  return stampOf(text.slice(found.length)) ?? found.stamp
}

/** A clock that stands before this was never set. */
const firstSet = Date.UTC(2018, 0, 1)

/** The date of a line, where one stands in front of it; also behind the time of a terminal. Milliseconds since 1970. */
export function dateIn(text: string): number | undefined {
  if (!/^\s*[[\d]/.test(text)) return undefined
  const found = dateOf(text) ?? epochOf(text)
  if (found !== undefined) return found.stamp.at / 1000 < firstSet ? undefined : found.stamp.at / 1000
  const behind = uptimeOf(text)
  return behind === undefined ? undefined : dateIn(text.slice(behind.length))
}

interface Found {
  readonly stamp: Stamp
  readonly length: number
}

function uptimeOf(text: string): Found | undefined {
  const match = uptime.exec(text)
  if (match === null) return undefined
  const [hours = 0, minutes = 0, seconds = 0, milli = 0, micro = 0] = numbersOf(match)
  const at = ((hours * 60 + minutes) * 60 + seconds) * second + milli * 1000 + micro
  return { stamp: { clock: 'uptime', at }, length: match[0].length }
}

function dateOf(text: string): Found | undefined {
  const match = date.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0, milli = 0, micro = 0] = numbersOf(match)
  const ahead = Number(match[9] ?? 0) * 60 + Math.sign(Number(match[9] ?? 0)) * Number(match[10] ?? 0)
  const at = Date.UTC(year, month - 1, day, hours, minutes - ahead, seconds, milli) * 1000 + micro
  return { stamp: { clock: 'date', at }, length: match[0].length }
}

function epochOf(text: string): Found | undefined {
  const match = epoch.exec(text)
  if (match === null) return undefined
  return { stamp: { clock: 'date', at: Number(match[1]) * second }, length: match[0].length }
}

function numbersOf(match: RegExpExecArray): number[] {
  return match.slice(1).map((digits: string | undefined) => Number(digits ?? 0))
}
