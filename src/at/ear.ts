import { type Dialect, dialectOf } from './dialect.ts'
import { emptyFraming, type Framing, frame } from './framing.ts'
import { emptyShellFraming, expectEcho, frameShell, type ShellFraming } from './shell-framing.ts'

/** So many characters are weighed when it is to be found out who answers. */
const mostEvidence = 1024

/** What a channel has heard and not yet made lines of; and who it is that speaks, as soon as that can be told. */
export class Ear {
  #dialect: Dialect | undefined
  #framing: Framing = emptyFraming
  #shell: ShellFraming = emptyShellFraming
  #evidence = ''

  constructor(dialect: Dialect | undefined) {
    this.#dialect = dialect
  }

  /** Undefined until the board has answered. */
  get dialect(): Dialect | undefined {
    return this.#dialect
  }

  /** The lines that these characters complete, and the dialect where they have told it just now. */
  hear(text: string): { lines: string[]; found?: Dialect } {
    const found = this.#dialect === undefined ? this.#weigh(text) : undefined
    return { lines: this.#frame(text), ...(found !== undefined && { found }) }
  }

  /** Somebody has answered, and gave no sign of being anything else. */
  settle(): void {
    this.#dialect ??= 'at-host'
  }

  /** What was typed, which a shell types back. */
  expect(typed: string): void {
    this.#shell = expectEcho(this.#shell, typed)
  }

  /** A line with a quote that was opened and not closed; empty where there is none. */
  unfinished(): string {
    const { line, quoted } = this.#dialect === 'shell' ? this.#shell : this.#framing
    return quoted ? line : ''
  }

  /** Forgets it. */
  drop(): void {
    this.#framing = emptyFraming
    this.#shell = { ...this.#shell, line: '', quoted: false }
  }

  #weigh(text: string): Dialect | undefined {
    this.#evidence = (this.#evidence + text).slice(-mostEvidence)
    this.#dialect = dialectOf(this.#evidence)
    return this.#dialect
  }

  #frame(text: string): string[] {
    if (this.#dialect === 'shell') {
      const { framing, lines } = frameShell(this.#shell, text)
      this.#shell = framing
      return lines
    }
    const { framing, lines } = frame(this.#framing, text)
    this.#framing = framing
    return lines
  }
}
