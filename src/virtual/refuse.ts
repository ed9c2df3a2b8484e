import { type Outcome, refused, type Slot } from '../terms/index.ts'
import type { World } from './behaviour.ts'
import { isActive } from './state.ts'
import { blocksWrites } from './supply.ts'

/** `+CME ERROR: <code>` */
export const no = (code: number): Outcome<never> => refused({ kind: 'cme', code })

/**
 * Steps 3 to 5 of everything that changes the credential memory (CMNG-79 to CMNG-81): 514 for what users cannot touch,
 * 518 while active, 528 while the supply is low.
 */
export function refuseChange(world: World, slot: Slot, highestType: number): Outcome<never> | undefined {
  const { personality, state } = world
  // CMNG-28, CMNG-29: types that no source mentions make no sense to it.
  if (slot.type > 11) return no(0)
  const developer = personality.developerTags && slot.tag >= 2_147_483_648 && slot.tag <= 2_147_483_667
  if (slot.type > highestType || (slot.tag > 2_147_483_647 && !developer)) return no(514)
  if (isActive(state)) return no(518)
  if (blocksWrites(world)) return no(528)
  return undefined
}
