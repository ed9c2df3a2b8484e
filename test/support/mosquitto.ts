import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './outside.ts'

/** Debian puts it where the PATH of a user does not lead. */
const usual = '/usr/sbin/mosquitto'
export const mosquittoProgram = findProgram('mosquitto', 'SECTAG_MOSQUITTO') ?? (existsSync(usual) ? usual : undefined)

/** A running Mosquitto with mutual TLS. */
export interface RunningMosquitto {
  readonly port: number
  /** The lines of its log, as they come. */
  log(): AsyncIterable<string>
  lines(): readonly string[]
  /** Resolves when a line matches. */
  says(pattern: RegExp): Promise<string>
  stop(): Promise<void>
}

/** What Mosquitto is to serve. PEM texts. */
export interface MosquittoFiles {
  ca: string
  chain: string
  key: string
  /** Further lines of its configuration. */
  more?: string[]
  /** Its lowest version of TLS. */
  version?: string
  /** No TLS at all. */
  plain?: boolean
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts one on a free port of the loopback, and waits until it listens. */
export async function startMosquitto(files: MosquittoFiles): Promise<RunningMosquitto> {
  for (let turn = 1; ; turn++) {
    const started = await startOnce(files).catch((error: Error) => error)
    // Between looking for a free port and listening on it, somebody else may have taken it.
    if (!(started instanceof Error)) return started
    if (turn === 5 || !started.message.includes('Address already in use')) throw started
  }
}

async function startOnce(files: MosquittoFiles): Promise<RunningMosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-mosquitto-'))
  // Started by root, Mosquitto becomes the user mosquitto, who must be able to read what it serves.
  chmodSync(folder, 0o755)
  const port = await freePort()
  for (const [name, text] of [
    ['ca.pem', files.ca],
    ['server.pem', files.chain],
    ['server.key', files.key],
  ] as const) {
    writeFileSync(join(folder, name), text, { mode: 0o644 })
  }
  const tls = [
    `cafile ${folder}/ca.pem`,
    `certfile ${folder}/server.pem`,
    `keyfile ${folder}/server.key`,
    'require_certificate true',
    `tls_version ${files.version ?? 'tlsv1.2'}`,
  ]
  const config = [
    `listener ${port} 127.0.0.1`,
    ...(files.plain === true ? [] : tls),
    'allow_anonymous true',
    'persistence false',
    'log_type all',
    // Its standard output is buffered when it is a pipe; this is not.
    'log_dest stderr',
    ...(files.more ?? []),
  ]
  writeFileSync(join(folder, 'mosquitto.conf'), `${config.join('\n')}\n`)
  const child = spawn(mosquittoProgram ?? 'mosquitto', ['-c', join(folder, 'mosquitto.conf'), '-v'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = new Log(child)
  await log.says(/mosquitto version .* running/)
  return {
    port,
    log: () => log.follow(),
    lines: () => log.lines,
    says: (pattern) => log.says(pattern),
    stop: async () => {
      await stopped(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Asks again and again: between saying that it runs and its main loop, Mosquitto 2.0.11 forgets that it was asked. */
async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  const again = setInterval(() => child.kill('SIGTERM'), 200)
  await ended
  clearInterval(again)
}

/** The log of a process, line by line, to look at now or to wait for. */
class Log {
  readonly lines: string[] = []
  #waiting: (() => void)[] = []
  #rest = ''
  #ended = false

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => this.#hear(text))
    child.once('close', () => {
      this.#ended = true
      this.#wake()
    })
  }

  async says(pattern: RegExp): Promise<string> {
    for await (const line of this.follow()) if (pattern.test(line)) return line
    throw new Error(`it ended and never said ${pattern}: ${this.lines.join('\n')}`)
  }

  async *follow(): AsyncGenerator<string> {
    for (let at = 0; ; ) {
      const line = this.lines[at]
      if (line !== undefined) {
        at++
        yield line
      } else if (this.#ended) return
      else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #hear(text: string): void {
    const parts = (this.#rest + text).split('\n')
    this.#rest = parts.pop() ?? ''
    this.lines.push(...parts)
    this.#wake()
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
