import type { VirtualModem } from '../../src/virtual/index.ts'
import { type ProbeBench, probeBench } from '../probe/chip/bench.ts'
import type { SimulatedChip } from '../probe/chip/chip.ts'
import { testApplication, testWriter } from '../probe/chip/programs.ts'
import type { Desk } from './cli.ts'
import { brokerPaper } from './paper.ts'
import { quickClock } from './virtual-board.ts'

/** The debug probes that a page names, behind simulated tools on a PATH of their own. */
export interface PageProbes {
  readonly bench: ProbeBench
  readonly chips: readonly SimulatedChip[]
}

const comment = /<!-- probes: (.*?) -->/

/** Far from the boards with a port, so that no two have the same IMEI. */
const firstIndex = 100

/** Plugs in what a comment such as `<!-- probes: 960012345 nRF9160 1.3.5 -->` names; undefined where there is none. */
export async function probesOf(page: string, desk: Desk): Promise<PageProbes | undefined> {
  const named = comment.exec(page)?.[1]
  if (named === undefined) return undefined
  const bench = probeBench(['nrfutil'])
  const chips = named.split(', ').map((one, index) => {
    const [serial = '', part, mfw = ''] = one.split(' ')
    const kind = part === 'nRF9151' || part === 'nRF9161' ? part : 'nRF9160'
    const chip = bench.chip({ part: kind, mfw, seed: 'test', index: firstIndex + index })
    bench.plug(serial, chip)
    return chip
  })
  desk.file('merged.hex', testWriter())
  desk.file('nRF9160.hex', testApplication('the application'))
  // A second board has files of its own: nobody takes one key for two.
  const { board } = await brokerPaper('BT37')
  desk.file('BT37-chain.crt', board.chain)
  desk.file('BT37.key', board.key)
  return { bench, chips }
}

/** The modems of those boards whose application would run. */
export async function runningModems({ chips }: PageProbes): Promise<VirtualModem[]> {
  const running = chips.filter(({ program }) => program.is === 'application')
  return Promise.all(running.map((chip) => chip.modem(quickClock)))
}
