import { cloudTag } from '../../numbers/index.ts'
import { credentialType, typeName } from '../../terms/index.ts'
import { emptyListings } from '../empty-listings.ts'
import type { Facts } from '../gather.ts'
import { printed } from '../printed.ts'
import { type Point, point, strength } from '../rule.ts'
import type { SlotSeen } from '../slots.ts'

/** The types of a set for mutual TLS. */
export const setTypes = [credentialType.rootCa, credentialType.clientCertificate, credentialType.privateKey] as const

/** What is known of the set in the tag in question; undefined where no tag is known. */
export interface SetState {
  readonly tag: number
  readonly states: readonly { readonly type: number; readonly state: SlotSeen }[]
}

/** The set of the tag that the application uses, or of the one that was asked about. */
export function setOf(facts: Facts): SetState | undefined {
  const tag = facts.tag?.tag
  if (tag === undefined) return undefined
  return { tag, states: setTypes.map((type) => ({ type, state: facts.slots.state(tag, type) })) }
}

/** Types of the set that are held, or not. */
export function typesThat(set: SetState | undefined, is: SlotSeen['is']): readonly { type: number; state: SlotSeen }[] {
  return set?.states.filter(({ state }) => state.is === is) ?? []
}

/** What the listing shows of an empty tag: nothing of the set is held, and the root CA, or all that was looked for, is not there. */
export function emptyTag(facts: Facts): Point[] {
  const set = setOf(facts)
  const [absent, maybe] = [typesThat(set, 'absent'), typesThat(set, 'maybe-absent')]
  if (set === undefined)
    return emptyListings(facts).map((fact) => point(strength.strong, 'the listing of all tags has nothing in it', fact))
  if (typesThat(set, 'held').length > 0) return []
  const weight = facts.tag?.sure === true || set.tag === cloudTag ? strength.proof : strength.strong + 1
  const shown = [...absent, ...maybe].slice(0, 1)
  return shown.flatMap(({ type, state }) =>
    state.from
      .slice(0, 1)
      .map((fact) =>
        state.is === 'absent'
          ? point(
              weight,
              `the ${namesOf(absent)} of tag ${set.tag} ${absent.length > 1 ? 'are' : 'is'} not there`,
              fact,
            )
          : point(strength.hint / 2, `the reply to the listing of ${typeName(type)} of tag ${set.tag} was blank`, fact),
      ),
  )
}

/** `root CA, client certificate` */
export function namesOf(types: readonly { type: number }[]): string {
  return types.map(({ type }) => typeName(type)).join(', ')
}

/** What a failed connect says for a fault of credentials, by SDK and C library. A number alone is never more than a hint. */
export function credentialNumbers(facts: Facts): Point[] {
  return facts.connects.flatMap(({ fact, reading }): Point[] => {
    const kinds = new Set(reading.meanings.map((meaning) => meaning.kind))
    const words = `connect failed with ${printed(fact.value)}`
    if (kinds.has('tls') && kinds.size === 1) return [point(strength.hint, `${words}: TLS could not be set up`, fact)]
    if (kinds.has('tls'))
      return [point(strength.hint / 2, `${words}: with an SDK before 1.6, TLS could not be set up`, fact)]
    if (kinds.has('tls-or-refused'))
      return [point(strength.hint / 2, `${words}: a credential is missing or wrong, or the port is closed`, fact)]
    return []
  })
}
