import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { setTypes } from './absence.ts'
import { seen } from './seen.ts'

/** The credential exists in the store of the other TLS stack: modem or application core. */
export const credInOtherStore: Rule = {
  id: 'cred-in-other-store',
  explains: ['cred-slot-empty', 'cred-wrong-sec-tag', 'cred-set-incomplete', 'cred-wrong-type-or-tag'],
  judge: (facts) =>
    judgement(
      [...seen(facts, { 'other-store': strength.strong }), ...timesTen(facts), ...missedThere(facts)],
      ['tag-in-use', 'listing'],
    ),
}

/** A tag that is not found by TLS of the application core was most likely written to the modem. */
function missedThere(facts: Facts): Point[] {
  const missed = facts.connects.some(({ reading }) => reading.meanings.some(({ kind }) => kind === 'tag-list'))
  return missed ? seen(facts, { 'native-tls-in-use': strength.sign + strength.hint }) : []
}

/** LOSS-38: with native TLS a Serial LTE Modem keeps an item under tag × 10 + type, all of them as type 0. */
function timesTen(facts: Facts): Point[] {
  const tag = facts.tag?.tag
  if (tag === undefined) return []
  return setTypes.flatMap((type) => {
    const seen = facts.slots.state(tag * 10 + type, 0)
    const [fact] = seen.from
    if (seen.is !== 'held' || fact === undefined || type === 0) return []
    return [point(strength.proof, `an item of tag ${tag} lies in tag ${tag * 10 + type}, as native TLS keeps it`, fact)]
  })
}
