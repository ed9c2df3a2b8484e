import { commands } from '../../at/index.ts'
import { ok } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'
import { no } from '../refuse.ts'
import { isActive } from '../state.ts'

/** `%XFACTORYRESET`: not while active, and what it does is done at the next start (LOSS-05, LOSS-06). */
export const factoryResetBehaviours: readonly Behaviour[] = [
  behaves(commands.xfactoryreset, ({ state }, { what }) => {
    if (isActive(state)) return no(518)
    state.resetPending = what
    return ok(undefined)
  }),
]
