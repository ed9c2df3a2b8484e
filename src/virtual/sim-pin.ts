import type { World } from './behaviour.ts'
import { afterSimIsReady } from './registration.ts'
import { no } from './refuse.ts'
import { usualSim } from './sim-card.ts'
import { simIsOn } from './state.ts'
import { type Outcome, ok } from '../terms/index.ts'

/** What `AT+CPIN?` says the SIM wants. */
export function wantedOfSim({ state }: World): 'READY' | 'SIM PIN' | 'SIM PUK' {
  if (state.sim === 'free' || state.simUnlocked) return 'READY'
  return state.simPin.left === 0 ? 'SIM PUK' : 'SIM PIN'
}

/** Somebody gives the PIN, or the PUK with a new PIN (MODE-57). */
export function givePin(world: World, given: { pin: string; newPin?: string }): Outcome<void> {
  const { state } = world
  if (!simIsOn(state)) return no(state.sim === 'none' ? 10 : 14)
  switch (wantedOfSim(world)) {
    case 'READY':
      return no(0)
    case 'SIM PUK':
      if (given.pin !== usualSim.puk || given.newPin === undefined) return no(12)
      state.simPin = { pin: given.newPin, left: usualSim.tries }
      return unlock(world)
    case 'SIM PIN': {
      const { pin, left } = state.simPin
      if (given.pin === pin) return unlock(world)
      state.simPin = { pin, left: left - 1 }
      return no(left > 1 ? 16 : 12)
    }
  }
}

function unlock(world: World): Outcome<void> {
  world.state.simUnlocked = true
  world.state.simPin = { ...world.state.simPin, left: usualSim.tries }
  afterSimIsReady(world)
  return ok(undefined)
}
