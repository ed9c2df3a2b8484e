import type { World } from './behaviour.ts'
import { enterMode } from './registration.ts'
import { isActive } from './state.ts'

/** Whether the warning is on: as it was set, else as the firmware has it from the factory (POW-07, POW-13). */
function isArmed({ personality, state }: World): boolean {
  return state.powerWarning.on ?? personality.guardsSupply
}

/** Whether the supply is below the threshold of a warning that is on. */
export function supplyIsLow(world: World): boolean {
  return isArmed(world) && world.state.supply < world.state.powerWarning.threshold
}

/** Whether writes are blocked: on firmware that does so, for as long as the supply is low (POW-10, POW-12, POW-27). */
export function blocksWrites(world: World): boolean {
  return world.personality.guardsSupply && supplyIsLow(world)
}

/**
 * The supply is another one now, in millivolt. Below the threshold the modem warns once, goes to flight mode by itself and
 * stays there (POW-08, POW-09, POW-28).
 */
export function supplyChanges(world: World, millivolt: number): void {
  const { state } = world
  state.supply = millivolt
  if (state.powerWarning.given || !supplyIsLow(world)) return
  state.powerWarning.given = true
  if (isActive(state)) enterMode(world, 4)
  if (state.packetEvents) world.notify('+CGEV: ME BATTERY LOW')
  if (state.modemEvents) world.notify('%MDMEV: ME BATTERY LOW')
}
