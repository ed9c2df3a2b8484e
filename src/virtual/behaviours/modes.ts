import { commands } from '../../at/index.ts'
import { ok, refused } from '../../terms/index.ts'
import { type Behaviour, behaves, type World } from '../behaviour.ts'
import { isActive, placeOf, setMode } from '../state.ts'

/** Milliseconds until a modem that was switched on has found its network. */
const registrationTakes = 1500
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
      enter(world, mode)
      return ok(undefined)
    },
    (world) => (isActive(world.state) ? detachTakes : 20),
  ),
]

function enter(world: World, mode: number): void {
  const { state } = world
  const wasActive = isActive(state)
  setMode(state, mode)
  if (isActive(state) === wasActive) return
  if (wasActive) report(world, 0)
  else void register(world)
}

async function register(world: World): Promise<void> {
  const { state } = world
  const sim = state.sim === 'free' || (state.sim === 'pin' && state.simUnlocked)
  report(world, sim ? 2 : 90)
  await world.clock.sleep(registrationTakes)
  if (sim && isActive(state) && state.registration === 2) report(world, 1)
}

function report(world: World, stat: number): void {
  world.state.registration = stat
  if (world.state.registrationLevel === 0) return
  world.notify(commands.ceregNotice.format({ stat, ...placeOf(world.state) }))
}
