import type { Port } from '../at/index.ts'
import type { ListedPort, PortProblem, SerialOptions } from '../port/index.ts'
import type { Clock, Outcome, Random } from '../terms/index.ts'
import type { Write } from './output.ts'

/** Everything that a verb needs of the world; made once, in main.ts, and by hand in tests. */
export interface Context {
  readonly clock: Clock
  readonly random: Random
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly out: Write
  readonly err: Write
  /** Which outputs are terminals that show colours. */
  readonly colour: { readonly out: boolean; readonly err: boolean }
  /** How wide the terminal is that shows the output; undefined where none does, and no line is wrapped. */
  readonly columns?: number
  /** Asks the person in front; the answer is undefined when it was interrupted. Itself undefined where nobody sits there. */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined
  /** What is typed or piped in, for the verbs that read it. */
  readonly input: AsyncIterable<string>
  /** Aborted by the first SIGINT (Ctrl-C), SIGTERM or SIGHUP; its reason is an Error with that name as message. */
  readonly signal: AbortSignal
  /** Aborted when nobody reads what is printed any more. Verbs that wait for ever end then; runs go on. */
  readonly readerGone: AbortSignal
  listPorts(): Promise<ListedPort[]>
  openPort(address: string, options: SerialOptions): Promise<Outcome<Port, PortProblem>>
}
