import { commands } from '../../at/index.ts'
import { ok } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'

/** `+CSCON` (MODE-52). */
export const connectionBehaviours: readonly Behaviour[] = [
  behaves(commands.csconRead, ({ state }) => ok({ level: state.connectionLevel, connected: state.connected ? 1 : 0 })),
  behaves(commands.csconSet, ({ state }, { level }) => {
    state.connectionLevel = level
    return ok(undefined)
  }),
]
