import { commands } from '../../at/index.ts'
import { ok } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'

/** The supply, its warning, and who is told (POW-01, POW-05, POW-09). */
export const powerBehaviours: readonly Behaviour[] = [
  behaves(commands.xvbat, ({ state }) => ok(state.supply - (state.supply % 4))),
  behaves(commands.xpofwarn, ({ state }, { on, threshold }) => {
    const { powerWarning } = state
    state.powerWarning = {
      on: on === 1,
      threshold: threshold === undefined ? powerWarning.threshold : threshold * 100,
      given: false,
    }
    return ok(undefined)
  }),
  behaves(commands.mdmevSet, ({ state }, { on }) => {
    state.modemEvents = on === 1
    return ok(undefined)
  }),
  behaves(commands.cgerepSet, ({ state }, { on }) => {
    state.packetEvents = on === 1
    return ok(undefined)
  }),
]
