import { commands } from '../../at/index.ts'
import { ok, refused } from '../../terms/index.ts'
import { type Behaviour, behaves } from '../behaviour.ts'
import { enterMode } from '../registration.ts'
import { isActive } from '../state.ts'

/** Milliseconds that leaving the network takes. */
const detachTakes = 800

/** Functional mode and error reporting (MODE-01 to MODE-18, AT-25 to AT-31). */
export const modeBehaviours: readonly Behaviour[] = [
  behaves(commands.cmeeRead, ({ state }) => ok({ mode: state.errorReporting })),
  behaves(commands.cmeeTest, () => ok([0, 1])),
  behaves(commands.cmeeSet, ({ personality, state }, { mode }) => {
    // AT-28, OPEN-18: 2, the verbose form, is refused; where it is taken, numbers are printed all the same.
    if (mode > 1 && !personality.verboseErrors) return refused({ kind: 'cme', code: 0 })
    state.errorReporting = mode
    return ok(undefined)
  }),
  behaves(commands.cfunRead, ({ state }) => ok({ mode: state.functionalMode })),
  // OPEN-21: mode 2 is taken where the firmware has it, and not listed.
  behaves(commands.cfunTest, ({ personality: { functionalModes, listsReceiveOnly } }) =>
    ok(functionalModes.filter((mode) => mode !== 2 || listsReceiveOnly)),
  ),
  behaves(
    commands.cfunSet,
    (world, { mode }) => {
      if (!world.personality.functionalModes.includes(mode)) return refused({ kind: 'cme', code: 0 })
      enterMode(world, mode)
      return ok(undefined)
    },
    (world) => (isActive(world.state) ? detachTakes : 20),
  ),
]
