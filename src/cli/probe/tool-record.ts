import { holderOf } from '../../port/index.ts'
import type { ProbeStep } from '../../probe/index.ts'
import type { DiskWatch } from '../home/disk-trouble.ts'
import type { ProbeJournal } from '../home/probe-journal.ts'
import { bringsBack } from './enduring-hand.ts'

/**
 * Writes down each tool that is at work. Where the disk does not take that, a step is not begun, unless it brings a board back;
 * one that has begun goes on.
 */
export function toolRecord(journal: ProbeJournal, disk: DiskWatch): ToolRecord {
  let isNeeded = false
  return {
    begin(step) {
      isNeeded = !bringsBack(step)
    },
    atWork(process) {
      const write = (): void => journal.tool(holderOf(process))
      if (isNeeded) write()
      else disk.note(write)
      isNeeded = false
    },
  }
}

/** What a hand tells it. */
export interface ToolRecord {
  begin(step: ProbeStep): void
  readonly atWork: (process: number) => void
}
