import { expect, test } from 'vitest'
import {
  type Inquiry,
  nextInquiry,
  type Read,
  readAnswer,
  readEvidence,
  textEvidence,
  verdictOf,
} from '../../src/doctor/index.ts'
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
    const leaders = answers.map((answer) => verdictOf([...reads, readAnswer(inquiry, answer)]).causes[0]?.cause)
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

/** All that is asked one after the other, where nothing is answered. */
function askedOf(reads: Parameters<typeof nextInquiry>[0]): Inquiry[] {
  const all: Inquiry[] = []
  for (;;) {
    const inquiry = nextInquiry(reads, new Set(all.map(({ id }) => id)))
    if (inquiry === undefined) return all
    all.push(inquiry)
  }
}

const shown = (sign: string): Read =>
  readAnswer(
    { id: sign, words: '', effort: 1, answers: [] },
    { words: sign, says: [{ kind: 'seen', value: { sign } }] as never },
  )

test('for each topic that causes ask for there is a question whose answer changes the verdict', () => {
  const topics = {
    listing: heard('mqtt_connect error -45\n', 'sdk=1.0.0 tag=42'),
    control: heard('mqtt_connect error -45\n> AT%CMNG=1,42,0\n<\n> AT%CMNG=1,42,1\n<\n', 'sdk=1.0.0 tag=42'),
    'broker-log': heard('mqtt_connect error -45\n', 'sdk=1.0.0'),
    build: heard('mqtt_connect error -60\n'),
    registration: heard('it does not connect\n'),
    sim: heard('it does not connect\n'),
    log: heard('it does not connect\n'),
    port: heard('mqtt_connect error -116\n', 'sdk=2.6.0'),
    'served-chain': heard('mqtt_connect error -111\n', 'sdk=2.6.0 tag=42'),
    files: heard(
      'mqtt_connect error -111\n> AT%CMNG=1\n< %CMNG: 42,0\n< %CMNG: 42,1\n< %CMNG: 42,2\n< OK\n',
      'sdk=2.6.0 tag=42',
    ),
    supply: [shown('one-unit')],
    'tag-in-use': heard('mqtt_connect error -111\n', 'sdk=2.6.0 tag=42'),
    bearer: [shown('sim-changed')],
    'system-mode': [shown('place-changed')],
    image: ['library-does-not-start', 'image-written', 'dead-since'].map(shown),
    'serial-path': [shown('write-hangs')],
  } satisfies Record<string, readonly Read[]>
  for (const [topic, reads] of Object.entries(topics))
    expect(
      askedOf(reads).map((inquiry) => inquiry.topic),
      topic,
    ).toContain(topic)
})

test('a question about the serial path is not asked where nothing points there', () => {
  expect(askedOf(heard('mqtt_connect error -45\n', 'sdk=1.0.0 tag=42')).map(({ id }) => id)).not.toContain(
    'serial-path',
  )
})

test('a control question that came back counts for the way on which the listing came back blank', () => {
  const sms = textEvidence('sms', '> AT%CMNG=1,42,0\n<\n> AT%CMNG=1,42,1\n<\n> AT%CMNG=1,42,2\n<\n', {
    channel: 'sms',
    device: 'board-7',
  })
  const reads = [...heard('mqtt_connect error -45\n', 'sdk=1.0.0 tag=42'), readEvidence(sms)]
  const control = askedOf(reads).find(({ id }) => id === 'control')
  const [yes] = control?.answers ?? []
  if (control === undefined || yes === undefined) throw new Error('no control question was asked')
  expect(verdictOf([...reads, readAnswer(control, yes)]).causes[0]?.cause).toBe('cred-slot-empty')
})

test('every answer that says something is understood', () => {
  for (const inquiry of askedOf(heard('it does not connect\n', 'tag=42')))
    for (const answer of inquiry.answers)
      if (answer.says.length > 0)
        expect(readAnswer(inquiry, answer).facts, `${inquiry.id}: ${answer.words}`).not.toEqual([])
})
