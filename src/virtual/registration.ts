import { commands } from '../at/index.ts'
import { rejectCause } from '../numbers/index.ts'
import type { World } from './behaviour.ts'
import { useRadio } from './connection.ts'
import { isBlocked } from './reset-loop.ts'
import { isActive, isRegistered, placeOf, setMode } from './state.ts'

/** Milliseconds until a modem that was switched on has found its network. */
const registrationTakes = 1500
/** What a network says for which the asked access point does not exist: the session could not be set up (MODE-53). */
const sessionFailure = 19

/** Sets a functional mode, with what follows for the network. */
export function enterMode(world: World, mode: number): void {
  const { state } = world
  const wasActive = isActive(state)
  setMode(state, mode)
  // POW-11: the warning is given again after this.
  if (mode === 1) state.powerWarning.given = false
  if (isActive(state) === wasActive) return
  if (wasActive) leave(world)
  else void register(world)
}

/** The SIM has just been unlocked: a modem that waited for that goes on to its network. */
export function afterSimIsReady(world: World): void {
  if (isActive(world.state)) void register(world)
}

/** The network is gone, and the radio connection with it. */
function leave(world: World): void {
  world.state.connected = false
  report(world, 0)
}

/**
 * What a modem does from time to time: where the network has changed its mind, it registers; where it is gone, it searches.
 * Nothing here does it by itself, so that a modem that nobody looks at needs no timer.
 */
export function lookAround(world: World): void {
  const { state } = world
  if (!isActive(state) || state.searches > 0) return
  if (isRegistered(state)) {
    if (state.network.coverage === 'none') report(world, 2)
  } else if ((state.registration === 2 || state.registration === 3) && answerOf(world) === 'welcome') {
    void register(world)
  }
}

async function register(world: World): Promise<void> {
  const { state } = world
  const sim = state.sim === 'free' || (state.sim === 'pin' && state.simUnlocked)
  report(world, sim ? 2 : 90)
  // POW-21
  if (state.modemEvents && isBlocked(state.starts, world.clock.now())) world.notify('%MDMEV: RESET LOOP')
  state.searches++
  await world.clock.sleep(registrationTakes)
  state.searches--
  if (!sim || !isActive(state) || state.registration !== 2) return
  const answer = answerOf(world)
  if (answer === 'silence') return
  if (answer === 'welcome') welcome(world)
  else refuse(world, answer)
}

/** What the network says to this SIM: nothing, welcome, or an EMM cause. */
function answerOf({ clock, state }: World): 'silence' | 'welcome' | number {
  const { coverage, refuses, apn } = state.network
  if (coverage === 'none' || isBlocked(state.starts, clock.now())) return 'silence'
  return state.forbidden ?? refuses ?? (apn === 'unknown' ? sessionFailure : 'welcome')
}

function welcome(world: World): void {
  const { state } = world
  delete state.refused
  useRadio(world)
  if (state.network.time !== false) state.time = { ahead: 0, zone: state.network.zone ?? 0, summer: 0 }
  report(world, state.network.roaming === true ? 5 : 1)
}

function refuse(world: World, cause: number): void {
  const { state } = world
  state.refused = cause
  state.lastFailure = `EMM ${cause}`
  if (rejectCause(cause)?.sticky === true) state.forbidden = cause
  report(world, 3)
}

function report(world: World, stat: number): void {
  world.state.registration = stat
  if (world.state.registrationLevel === 0) return
  world.notify(commands.ceregNotice.format({ stat, ...placeOf(world.state) }))
}
