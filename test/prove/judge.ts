import type { Said } from './user.ts'
import type { Setting } from './setting.ts'
import type { Truth } from './wanted.ts'

/** The verdict of one command line. */
export type Verdict = 'PASS' | 'FAIL' | 'UNKNOWN'

/** A refusal of the modem is a FAIL like a wrong slot: the board was not provisioned, and that is said. */
export function verdictOf(said: Said): Verdict {
  const told = said.events.findLast((event) => event['type'] === 'verdict')?.['verdict'] as Verdict | undefined
  if (said.exit === 4 || said.exit === 5) return 'FAIL'
  return told ?? 'UNKNOWN'
}

/** What the bytes said of each slot when they were last shown, and when they were last shown before a write. */
export interface TruthShown {
  readonly planned: readonly Truth[]
  readonly last: readonly Truth[]
}

/** Slots of which a command line said something that the bytes do not: in its plan, or in its last listing. */
export function misreported(said: Said, setting: Setting, { planned, last }: TruthShown): string[] {
  const change = said.events.findIndex((event) => event['type'] === 'outcome')
  return said.events.flatMap((event, at) => {
    if (event['type'] !== 'slot') return []
    const truth = change < 0 || at < change ? planned : last
    const { type } = event['slot'] as { type: number }
    const is = String(event['is'])
    return agrees(is, truth[type], setting, type) || isUnread(event, truth[type], setting)
      ? []
      : [`type ${type} is ${truth[type]}, told as ${is}`]
  })
}

/** Whether a listing of this board can show the content of a type, by its digest or by reading it back. */
export function canShow({ line }: Setting, type: number): boolean {
  return line.digests === 'real' || type === 0
}

/** It was tried, what came was another text each time, and that is what is told. */
function isUnread({ is, why }: Said['events'][number], truth: Truth | undefined, { line }: Setting): boolean {
  const said = is === 'unknowable' && /could not be read back/.test(String(why))
  return said && truth !== 'missing' && line.digests === 'placeholder'
}

function agrees(told: string, truth: Truth | undefined, setting: Setting, type: number): boolean {
  if (told !== 'unknowable') return told === truth
  // Of a born key, and of a certificate that nobody has issued yet, nobody can foretell a digest.
  return truth !== 'missing' && (!canShow(setting, type) || (setting.way === 'born' && type !== 0))
}
