import type { Left, ModemState } from '../modem/index.ts'
import { isComplete, type Progress, type Run } from '../plan/index.ts'
import type { Instant, Proof } from '../terms/index.ts'
import type { Home } from './home/home.ts'
import { Journal } from './home/journal.ts'
import { type KeyOfTag, KnownBoard, type OfTag } from './home/known.ts'
import type { Job } from './job.ts'
import { writtenFact } from './what-was-written.ts'

/** A run that is about to be begun, as its journal names it. */
export interface Logged {
  readonly verb: string
  readonly port: string
  readonly job: Job | undefined
  readonly asked?: Proof
  readonly run: Run
  /** What the board may hold from then on. */
  readonly certificates: readonly OfTag[]
  readonly keys: readonly KeyOfTag[]
}

/** What is written down of a run while it is carried out, each line on the disk before the board hears of it. Throws what the disk throws. */
export class RunLog {
  readonly known: KnownBoard
  readonly #journal: Journal
  readonly #now: () => Instant
  readonly #logged: Logged
  #run: Run
  #begun = false
  #written = false

  constructor(home: Home, logged: Logged, now: () => Instant) {
    this.#journal = new Journal(home, logged.run.board, now)
    this.known = new KnownBoard(home, logged.run.board)
    this.#now = now
    this.#logged = logged
    this.#run = logged.run
  }

  /** How far it has come. */
  get run(): Run {
    return this.#run
  }

  /** Whether its journal was begun. */
  get begun(): boolean {
    return this.#begun
  }

  begin(found: ModemState): void {
    const { certificates, keys, ...logged } = this.#logged
    this.#journal.begin({ ...logged, found })
    this.#begun = true
    const slots = logged.run.steps.map(({ slot }) => slot)
    this.known.add({ fact: 'writing', at: this.#now(), slots, certificates, ...(keys.length > 0 && { keys }) })
  }

  step(step: Progress): void {
    this.#run = step.run
    if (step.type === 'intent') this.#journal.intent(step.intent)
    if (step.type === 'outcome') this.#journal.outcome(step.intent, step.run)
  }

  /** The last change is done: the application may connect as soon as the modem is given back, and that session counts. */
  written(): void {
    this.known.add(writtenFact(this.#run, this.#now()))
    this.#written = true
  }

  /** How the modem was left, and the end of the run where it is over. */
  close(left: Left, over: boolean): void {
    if (!this.#begun) return
    this.#journal.left(left)
    // A modem that would not let itself be written to: what was about to be changed is as it was.
    if (over && !this.#written) this.written()
    if (over) this.#journal.end(isComplete(this.#run) ? 'complete' : (this.#run.stopped ?? 'not begun'), this.#run)
  }

  /** Whether a journal is open for the board, of this run or an earlier one; it is taken for open where nobody can tell. */
  get isOpen(): boolean {
    if (this.#begun) return true
    try {
      return this.#journal.open() !== undefined
    } catch {
      return true
    }
  }
}
