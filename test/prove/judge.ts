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

/** What the bytes said of each slot when they were last listed, and when they were last listed before a write. */
export interface TruthListed {
  readonly planned: readonly Truth[]
  readonly last: readonly Truth[]
}

/** Slots of which a command line said something that the bytes do not: in its plan, or in its last listing. */
export function misreported(said: Said, line: Personality, { planned, last }: TruthListed): string[] {
  const change = said.events.findIndex((event) => event['type'] === 'outcome')
  return said.events.flatMap((event, at) => {
    if (event['type'] !== 'slot') return []
    const truth = change < 0 || at < change ? planned : last
    const { type } = event['slot'] as { type: number }
    const is = String(event['is'])
    return agrees(is, truth[type], line) ? [] : [`type ${type} is ${truth[type]}, told as ${is}`]
  })
}

function agrees(told: string, truth: Truth | undefined, line: Personality): boolean {
  if (told === 'unknowable') return truth !== 'missing' && line.digests === 'placeholder'
  return told === truth
}
