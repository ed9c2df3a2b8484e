import { cloudTag } from '../../numbers/index.ts'
import type { Slot } from '../../terms/index.ts'
import type { Facts } from '../gather.ts'
import { printed } from '../printed.ts'
import { earlierSessions } from '../setbacks.ts'
import { seen } from './seen.ts'
import { setTypes } from './absence.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'

/** The application uses one tag, and another is full. */
export const credWrongSecTag: Rule = {
  id: 'cred-wrong-sec-tag',
  explains: ['cred-slot-empty'],
  judge: (facts) =>
    judgement(
      [...otherIsFull(facts), ...listedAlone(facts), ...writtenElsewhere(facts), ...noTag(facts), ...said(facts)],
      ['tag-in-use', 'listing'],
    ),
}

function otherIsFull(facts: Facts): Point[] {
  const tag = facts.tag
  const empty = tag === undefined ? undefined : facts.slots.state(tag.tag, 0)
  if (tag === undefined || empty?.is !== 'absent') return []
  return facts.slots.heldTags.flatMap((other) => {
    const [fact] = facts.slots.state(other, 0).from
    if (fact === undefined || other === tag.tag || facts.slots.state(other, 0).is !== 'held') return []
    const whole = setTypes.every((type) => facts.slots.state(other, type).is === 'held')
    const words = `tag ${other} holds ${whole ? 'a whole set' : 'a root CA'}, and the application's tag ${tag.tag} does not`
    return [point(tag.sure ? weightOf(other, whole) : strength.sign, words, fact)]
  })
}

/** A listing of all tags whose end is not shown has a whole set of another tag, and nothing of the application's. */
function listedAlone(facts: Facts): Point[] {
  const { tag, slots } = facts
  if (tag?.sure !== true || setTypes.some((type) => slots.state(tag.tag, type).is !== 'unknown')) return []
  return facts.of('listing').flatMap((fact) => {
    const { end, tag: asked, held } = fact.value
    const whole = held.find((slot) => setTypes.every((type) => isIn(held, { tag: slot.tag, type })))
    if (end !== 'open' || asked !== undefined || whole === undefined || whole.tag === cloudTag) return []
    return [
      point(strength.strong, `tag ${whole.tag} holds a whole set, and tag ${tag.tag} is not seen in the list`, fact),
    ]
  })
}

function isIn(held: readonly Slot[], { tag, type }: Slot): boolean {
  return held.some((slot) => slot.tag === tag && slot.type === type)
}

/** A root CA alone may be there for another purpose; and the cloud's tag is full on many boards, whatever they use (CMNG-13). */
function weightOf(other: number, whole: boolean): number {
  if (!whole) return strength.strong
  return other === cloudTag ? strength.proof - strength.hint : strength.proof + strength.sign
}

/** What was written to one tag and used from another, as build, script and log tell. */
function writtenElsewhere(facts: Facts): Point[] {
  const tag = facts.tag
  if (tag === undefined || !tag.sure || facts.slots.state(tag.tag, 0).is === 'held') return []
  const provisioned = facts.of('tag').filter((fact) => fact.value.how === 'provisioned')
  if (provisioned.some((fact) => fact.value.tag === tag.tag)) return []
  // With the same build it had a session: the tag that it uses was full then.
  if (earlierSessions(facts).length > 0) return []
  return provisioned.map((fact) =>
    point(strength.strong, `tag ${fact.value.tag} was written, and the application uses tag ${tag.tag}`, fact),
  )
}

function said(facts: Facts): Point[] {
  return seen(facts, { 'tag-not-the-one': strength.strong, 'download-never-starts': strength.sign })
}

function noTag(facts: Facts): Point[] {
  return facts.connects
    .filter(({ reading }) => reading.meanings.some((meaning) => meaning.kind === 'tag-list'))
    .map(({ fact }) =>
      point(
        strength.hint,
        `connect failed with ${printed(fact.value)}: a list of tags that is empty, or a tag that is`,
        fact,
      ),
    )
}
