import type { Personality } from '../../src/virtual/index.ts'
import type { Said } from './user.ts'

/** What the bytes say of one slot. */
export type Truth = 'same' | 'differs' | 'missing'

/** The verdict of one command line. */
export type Verdict = 'PASS' | 'FAIL' | 'UNKNOWN'

/** What a slot really is: the text that is wanted in any legal form of its line ends, something else, or nothing. */
export function truthOf(content: Buffer | undefined, wanted: string): Truth {
  if (content === undefined) return 'missing'
  return plain(content.toString('latin1')) === plain(wanted) ? 'same' : 'differs'
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '')
}

/** A refusal of the modem is a FAIL like a wrong slot: the board was not provisioned, and that is said. */
export function verdictOf(said: Said): Verdict {
  const told = said.events.findLast((event) => event['type'] === 'verdict')?.['verdict'] as Verdict | undefined
  if (said.exit === 4 || said.exit === 5) return 'FAIL'
  return told ?? 'UNKNOWN'
}

/** Slots of which the last listing of a command line said something that the bytes do not. */
export function misreported(said: Said, line: Personality, truth: readonly Truth[]): string[] {
  // A plan is told before the change: only what is told behind the last change speaks of now.
  const last = said.events.findLastIndex((event) => event['type'] === 'outcome')
  const verdict = said.events.findLastIndex((event) => event['type'] === 'verdict')
  const wrong = said.events.flatMap((event, at) => {
    if (event['type'] !== 'slot' || at < last || at > verdict) return []
    const { type } = event['slot'] as { type: number }
    const is = String(event['is'])
    return agrees(is, truth[type], line) ? [] : [`type ${type} is ${truth[type]}, told as ${is}`]
  })
  return wrong
}

function agrees(told: string, truth: Truth | undefined, line: Personality): boolean {
  if (told === 'unknowable') return truth !== 'missing' && line.digests === 'placeholder'
  return told === truth
}
