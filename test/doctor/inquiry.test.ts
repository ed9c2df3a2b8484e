import { expect, test } from 'vitest'
import { answerEvidence, nextInquiry, readEvidence, textEvidence, verdictOf } from '../../src/doctor/index.ts'
import { known } from '../support/evidence.ts'

const none: ReadonlySet<string> = new Set()
const heard = (text: string, context = ''): Parameters<typeof nextInquiry>[0] =>
  [textEvidence('log', text), known(context)].map(readEvidence)

test('nothing is asked where a cause is sure, or where it works', () => {
  expect(nextInquiry(heard('%XSIM: 0,9\n'), none)).toBeUndefined()
  expect(nextInquiry(heard('<inf> app: MQTT client connected!\n'), none)).toBeUndefined()
})

test('whatever is asked, one of its answers puts another cause first', () => {
  const reads = heard('mqtt_connect error -45\n', 'sdk=1.0.0 tag=42')
  const asked = new Set<string>()
  for (let inquiry = nextInquiry(reads, asked); inquiry !== undefined; inquiry = nextInquiry(reads, asked)) {
    const { answers } = inquiry
    const now = verdictOf(reads).causes[0]?.cause
    const leaders = answers.map(
      ({ says }) => verdictOf([...reads, readEvidence(answerEvidence(inquiry, says))]).causes[0]?.cause,
    )
    expect(leaders.some((cause) => cause !== now)).toBe(true)
    asked.add(inquiry.id)
  }
  expect(asked.size).toBeGreaterThan(2)
})

test('what changed before it began is asked, and an answer is read like any evidence', () => {
  const reads = heard('my device does not connect any more\n')
  const ids: string[] = []
  for (
    let inquiry = nextInquiry(reads, new Set(ids));
    inquiry !== undefined;
    inquiry = nextInquiry(reads, new Set(ids))
  )
    ids.push(inquiry.id)
  expect(ids).toContain('changed')
  expect(ids).toContain('sim')
})
