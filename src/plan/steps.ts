import { highestTag, typeRules } from '../numbers/index.ts'
import { credentialType, type Slot } from '../terms/index.ts'
import type { SlotState } from './compare.ts'
import { enrolSteps } from './enrol-steps.ts'
import type { Step } from './step.ts'

/** What bounds a plan. */
export interface StepOptions {
  /** Tags of which everything that nobody wants is erased; no other tag is ever touched. */
  readonly exclusiveTags: ReadonlySet<number>
  /** Write slots of which nobody can tell what they hold. Flash wears, so this must be asked for. */
  readonly rewrite: boolean
  /** Tags whose key is to be born in the modem, with the profile of its certificate. */
  readonly enrol?: ReadonlyMap<number, string>
}

/** The changes that make a board hold what is wanted. Keys are born first: the certificates are made for them. */
export function stepsFor(states: readonly SlotState[], options: StepOptions): Step[] {
  const enrol = options.enrol ?? new Map<number, string>()
  const born = [...enrol].flatMap(([tag, profile]) => enrolSteps(states, { tag, profile, rewrite: options.rewrite }))
  const others = states.filter(({ tag, type }) => !(enrol.has(tag) && isPair(type)))
  return [
    ...born.filter((step) => step.do !== 'write'),
    ...textSteps(others, options),
    ...born.filter((step) => step.do === 'write'),
  ]
}

/** Whether a slot's content is made for a key that is born in the modem, or is that key. */
function isPair(type: number): boolean {
  return type === credentialType.clientCertificate || type === credentialType.privateKey
}

function textSteps(states: readonly SlotState[], options: StepOptions): Step[] {
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
