import fc from 'fast-check'
import { expect, test } from 'vitest'
import { finalOf, memoryCable, splitLines } from '../../src/at/index.ts'
import { byteText, bytesOf, seededRandom, virtualClock } from '../../src/terms/index.ts'
import { AtHost, personalities, VirtualModem } from '../../src/virtual/index.ts'
import { fastClock } from '../support/clock.ts'
import { figure } from '../support/figures.ts'
import { scaled } from '../support/scale.ts'

/** A modem of this index among all lines. */
function modemOf(index: number): VirtualModem {
  const personality = personalities[index % personalities.length]
  if (personality === undefined) throw new Error('there is always one')
  const clock = virtualClock(0, () => new Promise(() => {}))
  return new VirtualModem({ personality, clock, seed: 'fuzz' })
}

const names = ['CMNG', 'KEYGEN', 'ATTESTTOKEN', 'CLAIMTOKEN', 'XICCID', 'SHORTSWVER', 'XYZ'].map((name) => `%${name}`)
const plus = ['CFUN', 'CMEE', 'CGSN', 'CGMR', 'CEREG', 'CPIN', 'CNMI', 'CLCK', 'CIMI'].map((name) => `+${name}`)
const words = ['AT', 'at', '=', '?', '=?', ',', '"', '0', '1', '2', '3', '42', '-1', '4294967296', '9'.repeat(400)]
const odd = ['OK', '\r', '\n', ' ', '\u0000', '\u00ff', '\u001a', '\b', '\\n', '+CME ERROR: 513', '"x"', 'ERROR']
const word = fc.constantFrom(...names, ...plus, ...words, ...odd)
const bytes = fc.uint8Array({ maxLength: 300 }).map(byteText)
const near = fc.array(word, { maxLength: 14 }).map((parts) => `AT${parts.join('')}`)
const nearer = fc
  .tuple(fc.constantFrom(...names, ...plus), fc.constantFrom('=', '?', '=?', ''), fc.array(word, { maxLength: 10 }))
  .map(([name, form, rest]) => `AT${name}${form}${rest.join(',')}`)

/** Why an answer is not legal: a line without its end, no final result at the end, or one before it. */
function fault(reply: string): string | undefined {
  if (!reply.endsWith('\r\n')) return 'no CR LF at the end'
  if (/^\r?\n/.test(reply)) return 'a line end in front'
  const lines = splitLines(reply)
  const finals = lines.filter((line) => finalOf(line) !== undefined)
  if (finals.length !== 1) return `${finals.length} final results`
  return finalOf(lines.at(-1) ?? '') === undefined ? 'the final result is not the last line' : undefined
}

test('M5 any bytes as a command get exactly one legal final line, and it is the last: no crash on any firmware line', {
  timeout: 600_000,
}, () => {
  const runs = scaled(100_000, 2000)
  let at = 0
  let modem = modemOf(0)
  fc.assert(
    fc.property(fc.oneof(bytes, near, nearer), (text) => {
      // A modem hears many of them, so that states that only dialogues reach are met too.
      if (at++ % 50 === 0) modem = modemOf(at)
      expect(fault(modem.execute(text).text)).toBeUndefined()
      expect(finalOf(splitLines(modem.execute('AT').text).at(-1) ?? '')).toEqual({ ok: true, value: undefined })
    }),
    { numRuns: runs },
  )
  figure('fuzz-commands', { texts: at, crashes: 0, illegalAnswers: 0 })
})

/** One evening of noise at an AT host: what it typed, what it heard, and what the modem behind it answered. */
async function session(index: number): Promise<{ typed: number; heard: string; replies: string[] }> {
  const random = seededRandom(`host/${index}`)
  const clock = fastClock()
  const modem = modemOf(index)
  const replies: string[] = []
  modem.inFront((_, answer) => {
    const reply = answer()
    replies.push(reply.text)
    return reply
  })
  const cable = memoryCable()
  void new AtHost(modem, { clock }).serve(cable.modem)
  const writer = cable.host.writable.getWriter()
  let [typed, heard] = [0, '']
  const listening = (async () => {
    for await (const chunk of cable.host.readable) heard += byteText(chunk)
  })()
  for (let chunk = 0; chunk < 10; chunk++) {
    const noise = random.below(2) === 0 ? random.bytes(10) : bytesOf(`AT%CMNG=${byteText(random.bytes(4))}\r`)
    typed += noise.length
    await writer.write(noise)
  }
  // A quote may be open, and what is typed while a command runs is lost: so it is asked until it answers.
  for (let tries = 0; tries < 50 && !answersAgain(heard); tries++) {
    for (const text of [`${'\b'.repeat(4096)}${tries % 2 === 0 ? '' : '"'}\r`, 'AT+CFUN?\r']) {
      await writer.write(bytesOf(text))
      await clock.sleep(2000)
    }
  }
  await writer.close()
  await listening
  return { typed, heard, replies }
}

const answersAgain = (heard: string): boolean => /\+CFUN: \d+\r\nOK\r\n$/.test(heard)

test('M3 any bytes through the AT host: no crash, every answer whole and legal, and it answers again', async () => {
  const sessions = scaled(1000, 20)
  let typed = 0
  for (let index = 0; index < sessions; index++) {
    const had = await session(index)
    typed += had.typed
    expect(answersAgain(had.heard), `session ${index}`).toBe(true)
    expect(had.heard, `session ${index}`).toBe(had.replies.join(''))
    expect(had.replies.map(fault).filter((why) => why !== undefined)).toEqual([])
  }
  figure('fuzz-host', { sessions, bytes: typed, crashes: 0 })
}, 600_000)
