import { type ProbeRun, takesPlace } from '../../probe/index.ts'
import type { Output } from '../output.ts'
import { writerPatience } from './writer-patience.ts'

/** Says once why a command that was interrupted goes on: who takes its silence for a hang leaves a key in flash. */
export class Interruption {
  readonly #output: Output
  readonly #signal: AbortSignal
  readonly #runs = new Map<string, ProbeRun>()
  #told = false

  constructor(output: Output, signal: AbortSignal) {
    this.#output = output
    this.#signal = signal
    signal.addEventListener('abort', () => this.#tell(), { once: true })
  }

  /** Hears how far a board is. */
  at(run: ProbeRun): void {
    this.#runs.set(run.id, run)
    if (this.#signal.aborted) this.#tell()
  }

  /** Nothing more is done at a board. */
  over({ id }: Pick<ProbeRun, 'id'>): void {
    this.#runs.delete(id)
  }

  #tell(): void {
    const words = this.#told ? undefined : goesOnWords([...this.#runs.values()])
    if (words === undefined) return
    this.#told = true
    this.#output.warn('goes-on', words)
  }
}

/** What is still done at boards on which the writer has taken the place of the application; undefined where none is one. */
export function goesOnWords(runs: readonly ProbeRun[]): string | undefined {
  const open = runs.filter((run) => takesPlace(run) && !run.done.includes('verify'))
  if (open.length === 0) return undefined
  const keyed = open.filter(({ begun, done }) => begun.includes('write') && !done.includes('blank'))
  const seconds = Math.max(...open.map(awaitedSeconds))
  const awaited = seconds === 0 ? '' : `the writer is awaited for up to ${seconds} s, then `
  if (keyed.length === 0)
    return `Interrupted: no credential is in flash, and first ${awaited}the application is put back. A third signal (Ctrl-C) ends at once, and leaves the board without it.`
  return `Interrupted: credentials are in flash, so first ${awaited}the pages are blanked and the application is put back. A third signal (Ctrl-C) ends at once, and leaves them there.`
}

/** How long the writer may take that is running now, or is to be started yet. */
function awaitedSeconds({ begun, done, failed, slots }: ProbeRun): number {
  const isOver = begun.includes('write') ? done.includes('answer') : done.includes('try')
  return failed !== undefined || isOver ? 0 : writerPatience(slots.length) / 1000
}
