import { type ChildProcess, spawn } from 'node:child_process'

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname

/** A running sectag. */
export interface Running {
  readonly child: ChildProcess
  /** What it has printed so far. */
  out(): string
  err(): string
  /** Resolves with the first match in what it prints. */
  prints(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves with its exit code when it has ended and said everything. */
  readonly ended: Promise<number | null>
}

/** Starts sectag as a process of its own, as a user would; `under` is a command that starts it in its turn. */
export function start(
  argv: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string; under?: readonly string[] } = {},
): Running {
  const [program = '', ...words] = [...(options.under ?? []), process.execPath, main, ...argv]
  const child = spawn(program, words, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: 'pipe',
  })
  let [out, err] = ['', '']
  const waiting: (() => void)[] = []
  const heard = (): void => {
    for (const look of waiting.splice(0)) look()
  }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
    heard()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
    heard()
  })
  child.stdin?.end(options.input ?? '')
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      heard()
      resolve(code)
    })
  })
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    async prints(pattern) {
      for (;;) {
        const match = pattern.exec(out + err)
        if (match !== null) return match
        if (child.exitCode !== null)
          throw new Error(`it ended with ${child.exitCode} and never printed ${pattern}: ${out}${err}`)
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
}
