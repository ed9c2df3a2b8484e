import { dirname, join } from 'node:path'
import { AtHost, type Dialect, personality, VirtualModem } from '../../src/virtual/index.ts'
import { makePty, systemClock } from '../../src/port/index.ts'
import { desk, type Desk, type Ran } from './cli.ts'
import { findProgram } from './outside.ts'
import { start } from './process.ts'
import { spawned } from './spawned.ts'

/** nrfcredstore as pip has installed it; nRF Cloud utils are where it is. */
export const nrfcredstore = findProgram('nrfcredstore', 'SECTAG_NRFCREDSTORE')
export const nrfcloudUtils = findProgram('device_credentials_installer', 'SECTAG_NRFCLOUD_UTILS')

const wrapper = new URL('../tools/nordic_tools_on_pty.py', import.meta.url).pathname

/** What a tool did. */
export interface ToolRan {
  readonly exit: number
  readonly out: string
}

/** A virtual board on a PTY with the tools of other people in front of it, and sectag beside them. */
export interface ToolBench extends Desk {
  readonly path: string
  /** Runs one of the tools in the bench's folder. One interpreter does them all: starting one takes a second. */
  tool(name: string, ...argv: string[]): Promise<ToolRan>
  sectag(...argv: string[]): Promise<Ran>
  /** The digests that sectag lists for a tag, by type. */
  held(tag: number): Promise<Record<number, string>>
  stop(): Promise<void>
}

function benchOn(path: string, stopBoard: () => Promise<void> | void): ToolBench {
  const place = desk(systemClock)
  const python = join(dirname(nrfcredstore ?? nrfcloudUtils ?? ''), 'python3')
  const tools = spawned(python, [wrapper, path], { cwd: place.folder })
  const sectag = (...argv: string[]): Promise<Ran> => place.run([...argv, '--port', path])
  return {
    ...place,
    path,
    sectag,
    async tool(name, ...argv) {
      const after = tools.out().length
      tools.say(`${JSON.stringify([name, ...argv])}\n`)
      const [line] = await tools.prints(/^\{"exit".*\}$/m, after)
      return JSON.parse(line) as ToolRan
    },
    async held(tag) {
      const { events } = await sectag('list', '--tag', String(tag), '--json')
      const held = events.filter((event) => event['type'] === 'held') as unknown as {
        slot: { type: number }
        digest: { hex?: string }
      }[]
      return Object.fromEntries(held.map(({ slot, digest }) => [slot.type, digest.hex ?? '']))
    },
    async stop() {
      await tools.stop()
      await stopBoard()
      place.clear()
    },
  }
}

/** `sectag modem` as a user starts it, with these flags. */
export async function offeredBench(...flags: string[]): Promise<ToolBench & { imei: string }> {
  const modem = start(['modem', '--pty', ...flags])
  const match = await modem.prints(/^(\/dev\/\S+) {2}IMEI (\d{15})/m)
  const bench = benchOn(match[1] ?? '', async () => {
    modem.child.kill('SIGTERM')
    await modem.ended
  })
  return { ...bench, imei: match[2] ?? '' }
}

/** The same board inside the test, so that the world around it can be changed. */
export function ownBench(options: { mfw?: string; dialect?: Dialect } = {}): ToolBench & { modem: VirtualModem } {
  const line = personality(options.mfw ?? '2.0.2')
  if (line === undefined) throw new Error(`no personality ${options.mfw}`)
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'tools' })
  const pty = makePty()
  void new AtHost(modem, { clock: systemClock, dialect: options.dialect ?? { name: 'at-host' } }).serve(pty.port)
  return { ...benchOn(pty.path, () => pty.close()), modem }
}
