import { credentialType, typeName } from '../../terms/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { setTypes } from './absence.ts'
import { holding } from './content.ts'
import { seen } from './seen.ts'

/** The right material under another type number, or split over tags. */
export const credWrongTypeOrTag: Rule = {
  id: 'cred-wrong-type-or-tag',
  explains: ['cred-set-incomplete', 'cred-slot-empty', 'cred-wrong-sec-tag', 'cred-wrong-ca'],
  judge: (facts) =>
    judgement([...seen(facts, { 'wrong-type': strength.strong }), ...splitSet(facts), ...swapped(facts)], ['listing']),
}

/** A CA's certificate where the client's belongs, or the reverse. */
function swapped(facts: Facts): Point[] {
  return [
    ...holding(facts, 'client', strength.proof, credentialType.rootCa),
    ...holding(facts, 'authority', strength.strong, credentialType.clientCertificate),
  ]
}

/** Two tags hold parts that together are one set. */
function splitSet(facts: Facts): Point[] {
  const { slots } = facts
  const parts = slots.heldTags.map((tag) => ({
    tag,
    types: setTypes.filter((type) => slots.state(tag, type).is === 'held'),
  }))
  return parts.flatMap(({ tag, types }, index) =>
    parts.slice(index + 1).flatMap((other) => {
      const all = new Set([...types, ...other.types])
      const [fact] = slots.state(other.tag, other.types[0] ?? 0).from
      const apart = all.size === types.length + other.types.length && all.size === setTypes.length
      if (!apart || types.length === 0 || other.types.length === 0 || fact === undefined) return []
      const names = other.types.map(typeName).join(', ')
      return [
        point(
          strength.proof + strength.hint,
          `the set is split: tag ${other.tag} holds ${names}, tag ${tag} the rest`,
          fact,
        ),
      ]
    }),
  )
}
