import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import { testBoard, type TestBoard } from './board.ts'
import { type Desk, desk } from './cli.ts'
import { fastClock } from './clock.ts'
import { type RunningMosquitto, startMosquitto } from './mosquitto.ts'
import { type PageProbes, probesOf, runningModems } from './page-probes.ts'
import { brokerPaper, paper } from './paper.ts'
import { benchBoard, boardTag, quickClock } from './virtual-board.ts'

/** One command of a page, and the exit code that it is said to end with. `to` is the file behind its `>`. */
export interface Typed {
  readonly program: string
  readonly line: string
  readonly to: string | undefined
  readonly exit: number
}

const blocks = /^```(\S+)(?: (\S+))?\n([^]*?)^```/gm

/** Commands of the console blocks of a page: ours, and those of others that prepare files for them. */
export function commandLines(page: string): Typed[] {
  const console = [...page.matchAll(blocks)].filter(([, language]) => language === 'console')
  const lines = console.flatMap(([, , , text = '']) => text.replaceAll(/ \\\n\s*/g, ' ').split('\n'))
  return lines.flatMap((typed) => {
    const [command = '', comment = ''] = typed.split(/\s+#\s*/)
    const [, program, line = '', to] = /^\$ (sectag|openssl|chmod) (.*?)(?: > (\S+))?\s*$/.exec(command) ?? []
    return program === undefined ? [] : [{ program, line, to, exit: Number(/exit (\d+)/.exec(comment)?.[1] ?? 0) }]
  })
}

const speaksOfBroker = /^rehearse |^broker check |--in-front-of|--broker mosquitto:/

/** Whether a page needs a Mosquitto to be run. */
export function needsMosquitto(page: string): boolean {
  return commandLines(page).some(({ line }) => speaksOfBroker.test(line))
}

/** A page that is being run: a folder, boards at the ports that it names, and the broker that it speaks of. */
interface Run {
  readonly made: Desk
  readonly boards: ReadonlyMap<string, TestBoard>
  readonly probes: PageProbes | undefined
  broker?: RunningMosquitto
}

/**
 * Types every command of a page and holds it to its exit code. A comment such as `<!-- boards: /dev/ttyACM0 1.0.0 -->`
 * says which virtual boards are plugged in, `<!-- probes: … -->` which are at a debug probe; a block with a name behind its language is a file. While the page watches, the
 * applications of its boards connect; where it speaks of a broker, it is Mosquitto.
 */
export async function runPage(page: string): Promise<void> {
  // openssl, brokers, probe tools and certificates that are made now look at the real clock.
  const real = page.includes('$ sectag ca ') || page.includes('<!-- probes: ')
  const clock = real ? systemClock : fastClock()
  const made = desk(clock)
  const run: Run = { made, boards: boardsOf(page, real ? quickClock : clock), probes: await probesOf(page, made) }
  for (const [path, board] of run.boards) made.boards.set(path, () => board.plug().port)
  await usualFiles(made, real, !page.includes('--out broker.crt'))
  for (const [, language, name, text = ''] of page.matchAll(blocks)) {
    const file = name ?? (language === 'yaml' ? 'manifest.yaml' : undefined)
    if (file !== undefined) made.file(file, text)
  }
  try {
    for (const typed of commandLines(page)) await type(run, typed)
  } finally {
    await run.broker?.stop()
    run.probes?.bench.clear()
    made.clear()
  }
}

function boardsOf(page: string, clock: TestBoard['clock']): Map<string, TestBoard> {
  const named = /<!-- boards: (.*?) -->/.exec(page)?.[1] ?? '/dev/ttyACM0 2.0.2'
  return new Map(
    named.split(', ').map((one, index) => {
      const [path = '', mfw = ''] = one.split(' ')
      return [path, testBoard({ mfw, index, clock })]
    }),
  )
}

async function usualFiles(made: Desk, real: boolean, withBroker: boolean): Promise<void> {
  const { ca, certificate, key } = await paper()
  const now = real ? await brokerPaper('BT36') : undefined
  made.file('root.crt', now?.root ?? ca)
  if (withBroker && now !== undefined) {
    made.file('broker.crt', now.server.chain)
    made.file('broker.key', now.server.key)
  }
  for (const name of ['board.crt', 'BT36-chain.crt']) made.file(name, now?.board.chain ?? certificate)
  for (const name of ['board.key', 'BT36.key']) made.file(name, now?.board.key ?? key)
}

async function type(run: Run, { program, line, to, exit }: Typed): Promise<void> {
  const { made } = run
  if (program !== 'sectag') {
    execFileSync(program, line.split(/\s+/), { cwd: made.folder, stdio: 'pipe' })
    return
  }
  const argv = await placed(run, line)
  const ran = argv[0] === 'watch' ? await watched(run, argv) : await made.run(argv, more(run, argv))
  expect(ran.exit, `sectag ${line}\n${ran.out}${ran.err}`).toBe(exit)
  if (to !== undefined) made.file(to, ran.out)
}

function more({ boards, made, probes }: Run, [verb]: readonly string[]): Parameters<Desk['run']>[1] {
  return {
    listPorts: async () => [...boards.keys()].map((path) => ({ path, likely: 'nordic' })),
    ...(probes !== undefined && { env: { ...probes.bench.env, SECTAG_HOME: join(made.folder, 'home') } }),
    signal: verb === 'modem' ? AbortSignal.abort() : new AbortController().signal,
  }
}

/** The words of a command with the places of this machine in place of the page's. */
async function placed(run: Run, line: string): Promise<string[]> {
  const argv = line.split(/\s+/).map((word) => word.replace('/etc/mosquitto/certs/', ''))
  if (!speaksOfBroker.test(line)) return argv
  const { port } = await broker(run)
  return argv.flatMap((word) => {
    if (word === 'mosquitto:broker.example') return [`mosquitto:127.0.0.1:${port}`, ...usualPlaces]
    if (word === 'broker.example') return [`127.0.0.1:${port}`, '--name', 'broker.example']
    if (word === '127.0.0.1:8883') return [`127.0.0.1:${port}`]
    return [word.startsWith('/var/log/') ? 'mosquitto.log' : word]
  })
}

/** What a Mosquitto of Debian has where `sectag revoke` looks for it. */
const usualPlaces = ['--name', 'broker.example', '--pid-file', 'mosquitto.pid', '--broker-log', 'mosquitto.log']

async function broker(run: Run): Promise<RunningMosquitto> {
  const { folder } = run.made
  if (run.broker !== undefined) return run.broker
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const crl = join(folder, 'boards.crl')
  // Started by root, Mosquitto becomes a user who must be able to read its list anew.
  chmodSync(folder, 0o755)
  const started = await startMosquitto({
    ca: read('root.crt'),
    chain: read('broker.crt'),
    key: read('broker.key'),
    more: existsSync(crl) ? [`crlfile ${crl}`, 'use_identity_as_username true'] : [],
  })
  run.broker = started
  writeFileSync(join(folder, 'mosquitto.pid'), String(started.pid))
  const log = join(folder, 'mosquitto.log')
  writeFileSync(log, '')
  void (async () => {
    for await (const text of started.log()) appendFileSync(log, `${text}\n`)
  })()
  return started
}

/** Runs a watch on a free port, and lets the applications of all boards that hold something connect to it. */
async function watched(
  { made, boards, probes }: Run,
  argv: readonly string[],
): Promise<Awaited<ReturnType<Desk['run']>>> {
  const words = argv.map((word, index) => (argv[index - 1] === '--listen' ? '127.0.0.1:0' : word))
  const free = words.includes('--listen') ? words : [...words, '--listen', '127.0.0.1:0']
  const modems = [...[...boards.values()].map(({ modem }) => modem), ...(probes ? await runningModems(probes) : [])]
  const running: { halt(): Promise<void> }[] = []
  const ctrlC = new AbortController()
  const out = (text: string): void => {
    // Who watches has seen what there is to see.
    if (text.includes(': refused by the ')) ctrlC.abort()
    const port = /Listening at \S+:(\d+)/.exec(text)?.[1]
    if (port === undefined) return
    for (const modem of modems) {
      const holds = modem.store.items().some(({ tag }) => tag === boardTag)
      if (!holds) continue
      const clientId = `nrf-${modem.identity.imei}`
      const { board } = benchBoard(Number(port), {}, { modem, clientId, material: (tags) => modem.tlsMaterial(tags) })
      running.push(board)
      void board.boot()
    }
  }
  try {
    return await made.run(free, { out, signal: ctrlC.signal })
  } finally {
    for (const board of running) await board.halt()
  }
}
