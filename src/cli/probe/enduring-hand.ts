import { existsSync } from 'node:fs'
import type { ProbeHand, ProbeRun, ProbeStep, StepRefusal } from '../../probe/index.ts'
import { refused } from '../../terms/index.ts'
import { type DiskWatch, diskTrouble } from '../home/disk-trouble.ts'

/** Steps that bring a board back: they are tried although a file has failed. The writer is heard before it is taken away. */
const broughtBack: ReadonlySet<ProbeStep> = new Set(['answer', 'blank', 'program', 'verify', 'start'])

/** Whether a step is one of them. */
export function bringsBack(step: ProbeStep): boolean {
  return broughtBack.has(step)
}

/** Steps for which what was on the chip must still be kept: without it the first of them is not begun. */
const needsKept: ReadonlySet<ProbeStep> = new Set(['try', 'write', 'program', 'verify'])

/** A hand that throws nothing: a file that failed is a refusal of its step, so that keys do not stay in flash because of it. */
export function enduringHand(hand: ProbeHand, disk: DiskWatch): ProbeHand {
  return async (step, run) => {
    if (disk.trouble !== undefined && !bringsBack(step))
      return refused({ kind: 'disk', words: disk.trouble, untried: true })
    const lost = needsKept.has(step) ? lostFile(run) : undefined
    if (lost !== undefined) return refused({ kind: 'lost', file: lost, untried: true })
    try {
      return await hand(step, run)
    } catch (error) {
      return refused(refusalOf(error, step))
    }
  }
}

function lostFile({ application, saved }: ProbeRun): string | undefined {
  if (application === 'named' || typeof saved !== 'object') return undefined
  return existsSync(saved.file) ? undefined : saved.file
}

/** The file of `write` is there before its tool is called, and what fails when it is wiped is only noted: see `filesOf`. */
function refusalOf(error: unknown, step: ProbeStep): StepRefusal {
  try {
    return { kind: 'disk', words: diskTrouble(error), ...((step === 'write' || step === 'try') && { untried: true }) }
  } catch {
    // A message might quote its input: only the name and the place go into a journal.
    const { name, stack } = error instanceof Error ? error : new Error()
    return { kind: 'broken', words: `${name} ${stack?.split('\n')[1]?.trim() ?? ''}`.trim() }
  }
}
