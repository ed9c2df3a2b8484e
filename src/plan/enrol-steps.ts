import { credentialType, type Slot } from '../terms/index.ts'
import type { SlotState } from './compare.ts'
import type { Wanted } from './settle.ts'
import type { Step } from './step.ts'

/** A tag whose key is to be born in the modem. */
interface EnrolOrder {
  readonly tag: number
  readonly profile: string
  /** Also where something stands in the way: it is erased first. */
  readonly rewrite: boolean
}

const { clientCertificate, privateKey } = credentialType

/**
 * The changes that give a tag a key of its own and the certificate for it. A key is born only where there is none; one
 * that is there stays, unless it is to be rewritten. A certificate that was lost beside its key is written again.
 */
export function enrolSteps(states: readonly SlotState[], { tag, profile, rewrite }: EnrolOrder): Step[] {
  const slot = (type: Slot['type']): Slot => ({ tag, type })
  const is = (type: Slot['type']): SlotState['is'] =>
    states.find((state) => state.tag === tag && state.type === type)?.is ?? 'missing'
  const [key, certificate] = [is(privateKey), is(clientCertificate)]
  const write: Step = { do: 'write', slot: slot(clientCertificate), because: certificate }
  const born: Step[] = [{ do: 'enrol', slot: slot(privateKey), profile, because: 'missing' }, write]
  if (key === 'missing') return born
  if (rewrite) return [{ do: 'erase', slot: slot(privateKey), because: key }, ...born]
  return certificate === 'missing' || certificate === 'differs' ? [write] : []
}

/** The tags whose keys are to be born in the modem, with the profiles of their certificates. */
export function enrolments(wanted: readonly Wanted[]): Map<number, string> {
  return new Map(wanted.flatMap((want) => (want.profile === undefined ? [] : [[want.tag, want.profile]])))
}

/**
 * The tags that are to get a key born inside and hold something that nobody can account for: a key or a certificate of
 * which no enrolment is known, or which differs from the one that is. Nothing is ever made there without being asked.
 */
export function tagsInUse(wanted: readonly Wanted[], states: readonly SlotState[]): number[] {
  const foreign = states.filter((state) => {
    const want = wanted.find((one) => one.tag === state.tag && one.type === state.type)
    if (want?.profile === undefined || state.is === 'missing' || state.is === 'same') return false
    return state.is === 'differs' || want.source === 'enrol'
  })
  return [...new Set(foreign.map(({ tag }) => tag))]
}
