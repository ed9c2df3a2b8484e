import { virtualClock } from '../../src/terms/index.ts'
import { onChip, type Personality, VirtualModem } from '../../src/virtual/index.ts'
import type { Asked, Case, Turn } from './case.ts'

/** Why a modem does not hold a dialogue: what was said, what should have come, what came. */
export interface Failure {
  readonly said: string
  readonly expected: string
  readonly came: string
}

/** Holds the dialogue of a case with a new modem of a personality. */
export function runCase(test: Case, line: Personality): Failure | undefined {
  const personality = test.chip === undefined ? line : onChip(line, test.chip)
  if (personality === undefined) return { said: 'a modem', expected: `the chip ${test.chip}`, came: 'no such chip' }
  // Nothing here waits: what a command takes is told, not slept.
  const clock = virtualClock(Date.UTC(2026, 10, 22), () => new Promise(() => {}))
  const modem = new VirtualModem({ personality, clock, seed: 'conformance' })
  const before: string[] = []
  for (const turn of test.dialogue) {
    const failure = take(turn, modem, before)
    if (failure !== undefined) return failure
  }
  return undefined
}

function take(turn: Turn, modem: VirtualModem, before: string[]): Failure | undefined {
  if ('event' in turn) {
    turn.happens(modem)
    return undefined
  }
  if ('seen' in turn)
    return turn.seen(modem) ? undefined : { said: 'a glance', expected: turn.shows, came: 'something else' }
  const [said, hears, takesMs] = turn
  const { text, takesMs: took } = modem.execute(said)
  const came = text.replace(/\r\n$/, '')
  const fits = text.endsWith('\r\n') && isWanted(hears, came, before)
  before.push(came)
  if (!fits) return { said: short(said), expected: inWords(hears), came: short(came) }
  if (takesMs === undefined || took === takesMs) return undefined
  return { said: short(said), expected: `${takesMs} ms`, came: `${took} ms` }
}

function isWanted(hears: Asked[1], came: string, before: readonly string[]): boolean {
  if (typeof hears === 'string') return came === hears
  return hears instanceof RegExp ? hears.test(came) : hears.holds(came, before)
}

function inWords(hears: Asked[1]): string {
  if (typeof hears === 'string') return short(hears)
  return hears instanceof RegExp ? String(hears) : hears.shows
}

function short(text: string): string {
  const line = text.replaceAll('\r\n', ' / ')
  return line.length > 120 ? `${line.slice(0, 117)}...` : line
}
