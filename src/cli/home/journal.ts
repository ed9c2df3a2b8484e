import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Left, ModemState } from '../../modem/index.ts'
import { type Intent, type Run, slotInDoubt } from '../../plan/index.ts'
import type { Instant, Proof, Slot } from '../../terms/index.ts'
import type { Job } from '../job.ts'
import type { Home } from './home.ts'
import { appendValue, readValues } from './json-lines.ts'

/** What is written down about a run, in this order: begin, then intent and outcome in turn, left, end. No PEM and no key, ever; a PSK identity that was typed as a flag is part of the job. */
export type JournalEntry =
  | {
      entry: 'begin'
      at: Instant
      verb: string
      port: string
      run: Run
      found: ModemState
      job: Job | undefined
      asked?: Proof
    }
  | { entry: 'intent'; at: Instant; intent: Intent }
  | { entry: 'outcome'; at: Instant; intent: Intent; run: Run }
  | { entry: 'left'; at: Instant; left: Left }
  | { entry: 'end'; at: Instant; how: string }

/** A run that was begun and not ended, as its journal tells. */
export interface OpenRun {
  readonly at: Instant
  readonly verb: string
  readonly port: string
  readonly run: Run
  /** How the modem stood before. */
  readonly found: ModemState
  readonly job: Job | undefined
  /** The grade of proof that was typed with it; undefined where none was. */
  readonly asked?: Proof
  /** The slot of which nobody knows whether its step was done: sent and not answered, or the process died over it. */
  readonly suspect?: Slot
  /** Whether the modem was given back as found after all. */
  readonly givenBack: boolean
}

/** The journal of one board. Every line is on the disk before the board hears of it. */
export class Journal {
  readonly #file: string
  readonly #runs: string
  readonly #now: () => Instant

  constructor(home: Home, board: string, now: () => Instant) {
    this.#file = join(home.journal, `${board}.jsonl`)
    this.#runs = home.runs
    this.#now = now
  }

  begin(begun: Omit<Extract<JournalEntry, { entry: 'begin' }>, 'entry' | 'at'>): void {
    this.#append({ entry: 'begin', at: this.#now(), ...begun })
  }

  intent(intent: Intent): void {
    this.#append({ entry: 'intent', at: this.#now(), intent })
  }

  outcome(intent: Intent, run: Run): void {
    this.#append({ entry: 'outcome', at: this.#now(), intent, run })
  }

  left(left: Left): void {
    this.#append({ entry: 'left', at: this.#now(), left })
  }

  /** Ends the run and files its journal under `runs`. */
  end(how: string, run: Run): void {
    this.#append({ entry: 'end', at: this.#now(), how })
    renameSync(this.#file, join(this.#runs, `${run.id}.jsonl`))
  }

  /** The run that is open, if any. A last line that was cut in the middle is no line: the board had not heard of it. */
  open(): OpenRun | undefined {
    return fold(readValues<JournalEntry>(this.#file))
  }

  /** The file's name, if there is something in it that cannot be read and was not just cut at its end. */
  damaged(): string | undefined {
    if (!existsSync(this.#file)) return undefined
    const whole = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1)
    const read = readValues(this.#file)
    return whole.filter((line) => line !== '').length > read.length ? this.#file : undefined
  }

  #append(entry: JournalEntry): void {
    appendValue(this.#file, entry)
  }
}

function fold(entries: readonly JournalEntry[]): OpenRun | undefined {
  let open: OpenRun | undefined
  for (const entry of entries) {
    if (entry.entry === 'begin') {
      const { entry: _, ...begun } = entry
      open = { ...begun, givenBack: false }
    } else if (entry.entry === 'end') open = undefined
    else if (open !== undefined) open = follow(open, entry)
  }
  return open
}

function follow(open: OpenRun, entry: Exclude<JournalEntry, { entry: 'begin' | 'end' }>): OpenRun {
  switch (entry.entry) {
    case 'intent':
      return { ...open, suspect: entry.intent.slot }
    case 'outcome': {
      const { suspect: _, ...rest } = open
      const doubt = slotInDoubt(entry.run)
      return { ...rest, run: entry.run, ...(doubt !== undefined && { suspect: doubt }) }
    }
    case 'left':
      return { ...open, givenBack: entry.left.asFound }
  }
}
