import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSessions } from '../../src/broker/drivers/log-sessions.ts'
import { scaled } from '../support/scale.ts'

/** Client ids as Mosquitto takes them: no control characters (REV-10). Many of them look like its own lines. */
const clientId = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'a',
    'a disconnected.',
    'a closed its connection.',
    'a disconnected: Protocol error.',
    "a (p2, c1, k60, u'bad').",
    "New client connected from 1.2.3.4:5 as a (p2, c1, k60, u'bad').",
    'Client a disconnected.',
    'mosquitto version 2.0.11 starting',
  ),
)
const username = fc.constantFrom('bad', 'good', 'board 7')
const endings = [
  'disconnected.',
  'closed its connection.',
  'has exceeded timeout, disconnecting.',
  'disconnected, not authorised.',
  'disconnected: Protocol error.',
]
const event = fc.oneof(
  fc.record({ what: fc.constant('joins' as const), clientId, username }),
  fc.record({ what: fc.constant('leaves' as const), clientId, ending: fc.constantFrom(...endings) }),
  fc.record({ what: fc.constant('publishes' as const), clientId, topic: clientId }),
)

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

/** What Mosquitto writes of an event, and who is up then. Only who is up can leave or publish. */
function told(event: Event, up: Map<string, string>): string[] {
  const { clientId } = event
  if (event.what === 'joins') {
    const before = up.has(clientId) ? [`Client ${clientId} already connected, closing old connection.`] : []
    up.set(clientId, event.username)
    return [...before, `New client connected from 10.0.0.7:4711 as ${clientId} (p2, c1, k60, u'${event.username}').`]
  }
  if (!up.has(clientId)) return []
  if (event.what === 'publishes')
    return [`Received PUBLISH from ${clientId} (d0, q0, r0, m0, '${event.topic}', ... (3 bytes))`]
  up.delete(clientId)
  return [`Client ${clientId} ${event.ending}`]
}

async function* log(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

test('whatever client ids and topics are called, a log tells exactly the sessions that are up', async () => {
  const property = fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
    const up = new Map<string, string>()
    const lines = ['1763804400: mosquitto version 2.0.11 starting']
    for (const one of events) lines.push(...told(one, up).map((line) => `1763804400: ${line}`))
    const read = await readSessions(log(lines))
    expect(new Map(read.up.map((session) => [session.clientId, session.username]))).toEqual(up)
    expect(read.whole).toBe(true)
  })
  await fc.assert(property, { numRuns: scaled(20_000, 400) })
})

test('no text makes the reader fail', async () => {
  const property = fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 200 })), async (lines) => {
    await readSessions(log(lines))
  })
  await fc.assert(property, { numRuns: scaled(20_000, 400) })
})
