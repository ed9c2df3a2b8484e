import { cloudTag } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'

/** The application uses one tag, and another is full. */
export const credWrongSecTag: Rule = {
  id: 'cred-wrong-sec-tag',
  explains: ['cred-slot-empty', 'cred-lost-after-power-event'],
  judge: (facts) =>
    judgement([...otherIsFull(facts), ...writtenElsewhere(facts), ...noTag(facts)], ['tag-in-use', 'listing']),
}

function otherIsFull(facts: Facts): Point[] {
  const tag = facts.tag
  const empty = tag === undefined ? undefined : facts.slots.state(tag.tag, 0)
  if (tag === undefined || empty?.is !== 'absent') return []
  return facts.slots.heldTags.flatMap((other) => {
    const [fact] = facts.slots.state(other, 0).is === 'held' ? facts.slots.state(other, 0).from : []
    if (fact === undefined || other === tag.tag) return []
    // CMNG-13: the cloud's tag is full on many boards, whatever their own application uses.
    const full = other === cloudTag ? strength.proof - strength.hint : strength.proof + strength.sign
    const weight = tag.sure ? full : strength.sign
    return [point(weight, `tag ${other} is full, and the application's tag ${tag.tag} is not`, fact)]
  })
}

/** What was written to one tag and used from another, as build, script and log tell. */
function writtenElsewhere(facts: Facts): Point[] {
  const tag = facts.tag
  if (tag === undefined || !tag.sure || facts.slots.state(tag.tag, 0).is === 'held') return []
  const provisioned = facts.of('tag').filter((fact) => fact.value.how === 'provisioned')
  if (provisioned.some((fact) => fact.value.tag === tag.tag)) return []
  return provisioned.map((fact) =>
    point(strength.strong, `tag ${fact.value.tag} was written, and the application uses tag ${tag.tag}`, fact),
  )
}

function noTag(facts: Facts): Point[] {
  return facts.connects
    .filter(({ reading }) => reading.meanings.some((meaning) => meaning.kind === 'tag-list'))
    .map(({ fact }) =>
      point(
        strength.hint,
        `connect failed with ${fact.value.number}: a list of tags that is empty, or a tag that is`,
        fact,
      ),
    )
}
