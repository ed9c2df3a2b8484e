import type { Desk, Ran } from './cli.ts'

/** What somebody does at the broker while it is watched. */
export interface Scene {
  readonly port: number
  /** Resolves when the watch has printed this. */
  says(pattern: RegExp): Promise<void>
  stop(): void
}

/** Runs a watch, plays a scene at its port, and returns how the watch ended. */
export async function watching(
  made: Desk,
  argv: readonly string[],
  play: (scene: Scene) => Promise<unknown>,
): Promise<Ran> {
  const stop = new AbortController()
  let out = ''
  let waiting: (() => void)[] = []
  const hear = (text: string): void => {
    out += text
    const ready = waiting
    waiting = []
    for (const look of ready) look()
  }
  const done = made.run(['watch', '--listen', '0', ...argv], { signal: stop.signal, out: hear })
  const says = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(out)) await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const listening = /Listening at [\d.]+:(\d+)|"place":"[\d.]+:(\d+)"/
  await Promise.race([says(listening), done.then((ran) => Promise.reject(new Error(`it ended: ${ran.err}`)))])
  const [, told, json] = listening.exec(out) ?? []
  await play({ port: Number(told ?? json), says, stop: () => stop.abort() })
  return done
}
