import type { Slot } from '../terms/index.ts'
import type { SlotState } from './compare.ts'

/** One change of one slot, and why. */
export type Step =
  | { readonly do: 'write' | 'erase'; readonly slot: Slot; readonly because: SlotState['is'] }
  | { readonly do: 'enrol'; readonly slot: Slot; readonly profile: string; readonly because: 'missing' | 'expiring' }
