import { Channel, type Entry, memoryCable, type Port } from '../../src/at/index.ts'
import type { Clock } from '../../src/terms/index.ts'
import { AtHost, type Dialect, type Personality, personality, VirtualModem } from '../../src/virtual/index.ts'
import { fastClock } from './clock.ts'

/** A virtual board and a channel to it over memory. */
export interface TestBoard {
  readonly modem: VirtualModem
  readonly clock: Clock
  readonly heard: Entry[]
  /** Plugs a new cable in. */
  plug(): { port: Port; unplug: () => void }
  /** A channel over a new cable. */
  channel(): Channel
}

/** How a test board is made. */
export interface TestBoardOptions {
  mfw?: string
  /** What of its personality is to be otherwise. */
  switches?: Partial<Personality>
  seed?: string
  index?: number
  echo?: boolean
  dialect?: Dialect
  clock?: Clock
  /** Bits a second that its line is paced with; 0 does not pace. */
  baud?: number
}

/** Makes one. */
export function testBoard(options: TestBoardOptions = {}): TestBoard {
  const clock = options.clock ?? fastClock()
  const line = personality(options.mfw ?? '2.0.2')
  if (line === undefined) throw new Error(`no personality ${options.mfw}`)
  const modem = new VirtualModem({
    personality: { ...line, ...options.switches },
    clock,
    seed: options.seed ?? 'test',
    index: options.index ?? 0,
  })
  const host = new AtHost(modem, {
    clock,
    echo: options.echo ?? false,
    dialect: options.dialect ?? { name: 'at-host' },
    ...(options.baud !== undefined && { baud: options.baud }),
  })
  const heard: Entry[] = []
  const plug = (): { port: Port; unplug: () => void } => {
    const cable = memoryCable()
    void host.serve(cable.modem)
    return { port: cable.host, unplug: cable.unplug }
  }
  return {
    modem,
    clock,
    heard,
    plug,
    channel: () => new Channel(plug().port, { clock, tap: (entry) => heard.push(entry) }),
  }
}
