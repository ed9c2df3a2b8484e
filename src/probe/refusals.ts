import { type Outcome, refused } from '../terms/index.ts'
import { lastWords, type Said } from './process.ts'
import type { ToolRefusal } from './tool.ts'

type SaidKind = 'no-probe' | 'unplugged' | 'locked' | 'no-chip' | 'differs' | 'failed'

/** A refusal in a program's own words. */
export interface SaidRefusal {
  readonly kind: SaidKind
  readonly exit?: number
  readonly words: string
}

/** What a program's words mean, looked for in this order. */
export type Meanings = readonly (readonly [pattern: RegExp, kind: SaidKind])[]

/** The refusal that a program has put into words; `failed` where none of the patterns is in them. */
export function refusalOf({ exit, out, err }: Said, meanings: Meanings): SaidRefusal {
  const text = `${out}\n${err}`
  const kind = meanings.find(([pattern]) => pattern.test(text))?.[1] ?? 'failed'
  const number = exit === undefined ? {} : { exit }
  return { kind, ...number, words: lastWords(text) }
}

/** Remembers that a probe was there: if it is missed later, it was unplugged. */
export function memory(): <T>(outcome: Outcome<T, ToolRefusal>) => Outcome<T, ToolRefusal> {
  let met = false
  return (outcome) => {
    if (!outcome.ok && outcome.refusal.kind === 'no-probe' && met)
      return refused({ ...outcome.refusal, kind: 'unplugged' })
    const silent = !outcome.ok && ['absent', 'no-probe', 'aborted'].includes(outcome.refusal.kind)
    met ||= !silent
    return outcome
  }
}

/** Whether two serial numbers are the same probe's: some tools fill up with zeros (PROBE-27). */
export function sameSerial(a: string, b: string): boolean {
  const bare = (serial: string): string =>
    serial
      .trim()
      .toLowerCase()
      .replace(/^0+(?=.)/, '')
  return bare(a) === bare(b)
}
