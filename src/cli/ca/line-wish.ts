import { longestAuthorityName } from '../../pki/index.ts'
import { type Instant, isoTime, type Outcome, ok, refused } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import type { CaOptions } from './action.ts'
import { wrong } from './endings.ts'

/** What is wanted of a line. */
export interface LineWish {
  readonly name: string
  readonly quota: number
  readonly until: Instant
  readonly days?: number
  /** As it was typed. */
  readonly out: string
}

const usage = 'sectag ca line --name line-1 --quota 500 --until 2027-01-01 --out line-1'

/** What was typed, if it makes sense. */
export function readLineWish(
  { name: names, quota, until, days, out }: CaOptions,
  now: Instant,
): Outcome<LineWish, Ending> {
  const [name] = names ?? []
  if (name === undefined || name.trim() === '' || name.length > longestAuthorityName || /[\p{Cc}\p{Cs}]/u.test(name))
    return no('the line has no name that can be used', `1 to ${longestAuthorityName} characters that print`)
  if (quota === undefined) return no('--quota was not given', 'a line issues so many certificates and no more')
  if (out === undefined) return no('--out was not given', 'the line gets a home of its own, to be taken there')
  const end = readDate(until ?? '')
  if (end === undefined) return no('--until is no date', 'a day (its first moment, UTC) or a moment in UTC is expected')
  if (end <= now) return no('--until is over already', 'likely: a clock is wrong, or the year')
  return ok({ name, quota, until: end, out, ...(days !== undefined && { days }) })
}

function readDate(text: string): Instant | undefined {
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(full)) return undefined
  const instant = Date.parse(full)
  // The 30th of February is somewhere in March to a date, and nowhere to us.
  return !Number.isNaN(instant) && isoTime(instant) === full ? instant : undefined
}

function no(what: string, why: string): { ok: false; refusal: Ending } {
  return refused(wrong(what, why, usage))
}
