import type { Laid, ProbeRun } from '../../probe/index.ts'
import type { DiskWatch } from '../home/disk-trouble.ts'
import type { Home } from '../home/home.ts'
import type { Given } from '../home/probe-journal.ts'
import type { Interruption } from './interruption.ts'
import type { ProbeOrder } from './order.ts'
import type { TellStep } from './tell.ts'

/** One board, and what it is to be given. */
export interface ProbeTask {
  readonly serial: string
  readonly home: Home
  readonly laid: Laid
  readonly given: Given
  readonly order: ProbeOrder
  /** Asks whether a locked chip may be erased, and says what cannot be known before. */
  readonly mayUnlock: (run: ProbeRun) => Promise<boolean>
  readonly tell: TellStep
  /** Hears of files that fail while the board must be brought back all the same. */
  readonly disk: DiskWatch
  /** By the number of a chip, the probe of this command that has met it. */
  readonly met: Map<string, string>
  readonly interruption: Interruption
}
