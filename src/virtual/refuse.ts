import { type Outcome, refused, type Slot } from '../terms/index.ts'
import type { World } from './behaviour.ts'
import type { ChangeCheck } from './personality.ts'
import { isActive } from './state.ts'
import { blocksWrites } from './supply.ts'

/** `+CME ERROR: <code>` */
export const no = (code: number): Outcome<never> => refused({ kind: 'cme', code })

/** What somebody wants to change: the highest type that users may change so, and whether something must be there. */
export interface Change extends Slot {
  readonly highestType: number
  readonly mustExist?: boolean
}

/**
 * What everything that changes the credential memory is refused for, in the order of the personality (CMNG-79 to
 * CMNG-82): 514 for what users cannot touch, 518 while active, 528 while the supply is low, 513 where nothing is there.
 */
export function refuseChange(world: World, change: Change): Outcome<never> | undefined {
  // CMNG-28, CMNG-29: types that no source mentions make no sense to it.
  if (!makesSense(world, change.type)) return no(0)
  const applies: Record<ChangeCheck, () => boolean> = {
    513: () => change.mustExist === true && world.store.get(change) === undefined,
    514: () => isReserved(world, change),
    518: () => isActive(world.state),
    528: () => blocksWrites(world),
  }
  const code = world.personality.checkOrder.find((check) => applies[check]())
  return code === undefined ? undefined : no(code)
}

/** Whether a type is known at all (OPEN-06). */
export function makesSense({ personality }: World, type: number): boolean {
  return type <= 11 || personality.moreTypes.includes(type)
}

function isReserved({ personality }: World, { tag, type, highestType }: Change): boolean {
  const developer = personality.developerTags && tag >= 2_147_483_648 && tag <= 2_147_483_667
  return (type > highestType && type <= 11) || (tag > 2_147_483_647 && !developer)
}
