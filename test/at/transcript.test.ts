import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Channel,
  commands,
  type Entry,
  escapeLine,
  finalOf,
  formatTranscript,
  parseTranscript,
  unescapeLine,
} from '../../src/at/index.ts'
import type { Outcome } from '../../src/terms/index.ts'
import { fastClock } from '../support/clock.ts'
import { scriptedPort } from '../support/scripted-port.ts'

const folder = new URL('../transcripts/', import.meta.url)
const read = (name: string): Entry[] => parseTranscript(readFileSync(new URL(name, folder), 'utf8'))
const names = readdirSync(folder).filter((name) => name.endsWith('.at'))

test('a transcript is written as it is read, whatever bytes are in it', () => {
  const line = fc
    .string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), minLength: 1 })
    .filter((text) => text.trim() === text)
  const entry = fc.record({ direction: fc.constantFrom('>' as const, '<' as const, '#' as const), text: line })
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(parseTranscript(formatTranscript(entries))).toEqual(entries)
    }),
  )
  fc.assert(
    fc.property(line, (text) => {
      expect(unescapeLine(escapeLine(text))).toBe(text)
    }),
  )
})

test('a line that is no entry is an error by its number', () => {
  expect(() => parseTranscript('> AT\nOK\n')).toThrow(/line 2/)
})

test.each(names)('%s names its source first', (name) => {
  expect(read(name)[0]).toMatchObject({ direction: '#', text: expect.stringMatching(/^source: /) })
})

test.each(names)('%s: every answer ends in exactly one final line', (name) => {
  const dialogue = read(name).filter((entry) => entry.direction !== '#')
  for (const [index, entry] of dialogue.entries()) {
    const last = dialogue[index + 1]?.direction !== '<'
    if (entry.direction === '<') expect(finalOf(entry.text) !== undefined, entry.text).toBe(last)
  }
})

async function ask<A>(name: string, send: (channel: Channel) => Promise<Outcome<A>>): Promise<Outcome<A>> {
  const { port } = scriptedPort(read(name))
  const channel = new Channel(port, { clock: fastClock() })
  return send(channel)
}

test('the listing of a real mfw 1.3.5 board is understood', async () => {
  const { port } = scriptedPort(read('listing.at'))
  const channel = new Channel(port, { clock: fastClock() })
  expect(await channel.send(commands.cgsn, undefined)).toEqual({ ok: true, value: '352656109480783' })
  expect(await channel.send(commands.cgmr, undefined)).toEqual({ ok: true, value: 'mfw_nrf9160_1.3.5' })
  const listing = await channel.send(commands.cmngList, {})
  expect(listing.ok && listing.value.map(({ tag, type }) => [tag, type])).toEqual([
    [16_842_753, 0],
    [4_294_967_293, 10],
  ])
})

test('the blank reply of the founding case is an empty listing, not an error', async () => {
  const { port } = scriptedPort(read('founding-case.at'))
  const channel = new Channel(port, { clock: fastClock() })
  const slot = { tag: 16_842_753, type: 0 }
  expect(await channel.send(commands.cmngList, slot)).toMatchObject({
    ok: true,
    value: [{ ...slot, sha: '00'.repeat(32) }],
  })
  expect(await channel.send(commands.cmngList, slot)).toEqual({ ok: true, value: [] })
})

test('ATI is refused without a number, and that is what comes through (AT-02)', async () => {
  const unknown = { ...commands.at, request: { format: () => 'I', parse: () => {} } }
  expect(await ask('tinygsm-486.at', (channel) => channel.send(unknown, undefined))).toEqual({
    ok: false,
    refusal: { kind: 'error' },
  })
})
