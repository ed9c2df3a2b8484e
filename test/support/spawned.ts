import { spawn } from 'node:child_process'

/** A program of somebody else's that runs beside a test. */
export interface Spawned {
  /** What it has printed so far, both streams. */
  out(): string
  /** Resolves with the first match in what it prints, from the place on that `after` gives. */
  prints(pattern: RegExp, after?: number): Promise<RegExpExecArray>
  say(text: string): void
  /** Nothing more will be said. */
  close(): void
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>
}

/** Starts one. */
export function spawned(program: string, args: readonly string[], options: { cwd?: string } = {}): Spawned {
  const child = spawn(program, args, { ...options, stdio: 'pipe' })
  let out = ''
  let gone = false
  const waiting: (() => void)[] = []
  const heard = (): void => {
    for (const look of waiting.splice(0)) look()
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text
      heard()
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      gone = true
      heard()
      resolve()
    })
  })
  return {
    out: () => out,
    async prints(pattern, after = 0) {
      for (;;) {
        const match = pattern.exec(out.slice(after))
        if (match !== null) return match
        if (gone) throw new Error(`it ended and never printed ${pattern}: ${out}`)
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    say: (text) => void child.stdin.write(text),
    close: () => void child.stdin.end(),
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
