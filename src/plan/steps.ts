import { highestTag, typeRules } from '../numbers/index.ts'
import type { Slot } from '../terms/index.ts'
import type { SlotState } from './compare.ts'

/** One change of one slot, and why. */
export type Step =
  | { readonly do: 'write' | 'erase'; readonly slot: Slot; readonly because: SlotState['is'] }
  | { readonly do: 'enrol'; readonly tag: number; readonly profile: string; readonly because: 'missing' | 'expiring' }

/** What bounds a plan. */
export interface StepOptions {
  /** Tags of which everything that nobody wants is erased; no other tag is ever touched. */
  readonly exclusiveTags: ReadonlySet<number>
  /** Write slots of which nobody can tell what they hold. Flash wears, so this must be asked for. */
  readonly rewrite: boolean
}

/** The changes that make a board hold what is wanted. */
export function stepsFor(states: readonly SlotState[], options: StepOptions): Step[] {
  return states.flatMap((state): Step[] => {
    const slot = { tag: state.tag, type: state.type }
    switch (state.is) {
      case 'same':
        return []
      case 'missing':
      case 'differs':
        return [{ do: 'write', slot, because: state.is }]
      case 'unknowable':
        return options.rewrite ? [{ do: 'write', slot, because: state.is }] : []
      case 'unwanted':
        return erasable(slot, options) ? [{ do: 'erase', slot, because: state.is }] : []
    }
  })
}

function erasable(slot: Slot, options: StepOptions): boolean {
  return options.exclusiveTags.has(slot.tag) && slot.tag <= highestTag && typeRules(slot.type).deletable
}

/** The states that a manifest is answerable for: its own slots, and what is unwanted in its exclusive tags. */
export function owned(states: readonly SlotState[], exclusiveTags: ReadonlySet<number>): SlotState[] {
  return states.filter((state) => state.is !== 'unwanted' || exclusiveTags.has(state.tag))
}
