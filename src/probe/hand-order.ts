import { type Clock, type Outcome, ok } from '../terms/index.ts'
import type { FlashImage } from './flash.ts'
import type { Footprint } from './footprint.ts'
import type { Laid } from './layout.ts'
import type { Debt, Found, ProbeRun, StepRefusal } from './run.ts'
import type { TableHeader } from './table.ts'
import type { Chip, Lack, Probe, ToolRefusal } from './tool.ts'

/** Where the files of a run are: what is secret only ever in a folder that does not stay. */
export interface RunFiles {
  /** Puts a text into the private folder, and gives its path. */
  putPrivate(name: string, text: string): string
  /** Overwrites a private file and removes it. */
  wipe(path: string): void
  /** Keeps what was on the chip, until it is there again. */
  keep(text: string): string
  /** Reads what was kept, by this run or by one before it; undefined where it cannot be read. */
  kept(path: string): string | undefined
}

/** What a run is carried out with. */
export interface HandOrder {
  readonly probe: Probe
  /** What its tool cannot do. */
  readonly lacks: readonly Lack[]
  readonly clock: Clock
  readonly files: RunFiles
  /** The writer with its table: the only place beside the private file where the credentials are. */
  readonly laid: Laid
  readonly writer: FlashImage
  /** Whether the writer runs on this part. */
  readonly runsOn: (part: string) => boolean
  /** The application that was named. */
  readonly application?: FlashImage
  /** How long the writer may take, milliseconds. */
  readonly patience: number
  /** What the last run that was cut on this chip had found there; asked when the chip has told its number. */
  readonly left?: () => Footprint | undefined
  /** Hears what this one has found there, before anything is programmed. */
  readonly footprint?: (found: Footprint) => void
  /** Hears what an earlier writer has left in the header of its table, before that is blanked. */
  readonly owed?: (debt: Debt, header: TableHeader) => void
}

/** How a step ends. */
export type Done = Promise<Outcome<Found, StepRefusal>>

/** A step that finds nothing out. */
export async function plain(done: Promise<Outcome<void, ToolRefusal>>): Done {
  const outcome = await done
  return outcome.ok ? ok({}) : outcome
}

/** The chip of a run whose first step is done. */
export function chipOf({ chip }: ProbeRun): Chip {
  if (chip === undefined) throw new Error('a step was begun before the chip was identified')
  return chip
}
