import { commands } from '../../at/index.ts'
import { parseFirmware } from '../../numbers/index.ts'
import { ok } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { isRegistered, place } from '../state.ts'

/** `%XMONITOR` and `+CEER` (MODE-36, MODE-37, MODE-50). */
export const monitorBehaviours: readonly Behaviour[] = [
  behaves(commands.xmonitor, (world) => {
    const { registration: stat } = world.state
    return ok(isRegistered(world.state) ? { stat, ...cell, timers: timers(world) } : { stat })
  }),
  behaves(commands.ceer, ({ state }) => ok(state.lastFailure === undefined ? {} : { cause: state.lastFailure })),
]

/** The network of the AT reference's example (MODE-37), in the place that `+CEREG` tells. */
const cell = {
  operator: 'EDAV',
  shortName: 'EDAV',
  network: '26295',
  ...place,
  band: 4,
  physicalCell: 7,
  channel: 2300,
  power: 63,
  noise: 39,
}

/** eDRX, active time, T3412 extended from mfw 1.2 on, T3412. */
function timers({ personality }: World): string[] {
  const [major = 0, minor = 0] = parseFirmware(personality.firmware)?.version ?? []
  const extended = major > 1 || minor >= 2 ? ['"11100000"'] : []
  return ['""', '"11100000"', ...extended, '"00000000"']
}
