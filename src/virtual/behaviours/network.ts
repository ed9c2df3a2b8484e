import { commands } from '../../at/index.ts'
import { ok, refused } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'
import { givePin, wantedOfSim } from '../sim-pin.ts'
import { placeOf, simIsOn } from '../state.ts'

/** Registration and SIM (MODE-22 to MODE-31). */
export const networkBehaviours: readonly Behaviour[] = [
  behaves(commands.ceregRead, ({ state }) => {
    return ok({ level: state.registrationLevel, stat: state.registration, ...placeOf(state) })
  }),
  behaves(commands.ceregSet, ({ state }, { level }) => {
    state.registrationLevel = level
    return ok(undefined)
  }),
  behaves(commands.cpinSet, givePin),
  behaves(commands.cpinRead, (world) => {
    const { personality, state } = world
    if (state.sim === 'none') return refused({ kind: 'cme', code: 10 })
    if (!simIsOn(state)) return refused({ kind: 'cme', code: 14 })
    const answer = wantedOfSim(world)
    return ok(personality.quotesPin ? `"${answer}"` : answer)
  }),
  behaves(commands.simLockRead, ({ state }) => {
    if (!simIsOn(state)) return refused({ kind: 'cme', code: state.sim === 'none' ? 10 : 14 })
    return ok({ enabled: state.sim === 'pin' ? 1 : 0 })
  }),
]
