import { expect, test } from 'vitest'
import { Channel, commands, memoryCable } from '../../src/at/index.ts'
import { bytesOf, Secret, utf8 } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'
import { fastClock } from '../support/clock.ts'

test('two channels in one process never mix', async () => {
  const boards = [testBoard({ index: 0 }), testBoard({ index: 1, mfw: '1.0.0' })]
  const channels = boards.map((board) => board.channel())
  const rounds = await Promise.all(
    Array.from({ length: 120 }, (_, round) => channels[round % 2]?.send(commands.cgsn, undefined)),
  )
  for (const [round, outcome] of rounds.entries()) {
    expect(outcome).toEqual({ ok: true, value: boards[round % 2]?.modem.identity.imei })
  }
})

test('commands that are sent at once go out one at a time, in their order', async () => {
  const board = testBoard()
  const channel = board.channel()
  await Promise.all([
    channel.send(commands.cmeeSet, { mode: 1 }),
    channel.send(commands.cfunSet, { mode: 4 }),
    channel.send(commands.cfunRead, undefined),
  ])
  expect(board.heard.map((entry) => `${entry.direction}${entry.text}`)).toEqual([
    '>AT+CMEE=1',
    '<OK',
    '>AT+CFUN=4',
    '<OK',
    '>AT+CFUN?',
    '<+CFUN: 4',
    '<OK',
  ])
})

test('too many waiting commands are refused as busy, not queued without end', async () => {
  const channel = testBoard().channel()
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => channel.send(commands.at, undefined)))
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal.kind === 'busy').length).toBe(36)
})

test('a board that says nothing is silence after the patience of the command, and a thousand of them cost nothing', async () => {
  const clock = fastClock()
  const started = clock.now()
  for (let round = 0; round < 100; round++) {
    const cable = memoryCable()
    void cable.modem.readable.pipeTo(new WritableStream())
    const channel = new Channel(cable.host, { clock })
    expect(await channel.send(commands.cgsn, undefined)).toEqual({
      ok: false,
      refusal: { kind: 'silence', afterMs: 5000 },
    })
  }
  expect(clock.now() - started).toBeGreaterThanOrEqual(500_000)
})

test('an unplugged cable ends the exchange under way and refuses the next', async () => {
  const { port, unplug } = testBoard().plug()
  const channel = new Channel(port, { clock: fastClock() })
  const running = channel.send(commands.cfunSet, { mode: 1 })
  unplug()
  expect(await running).toEqual({ ok: false, refusal: { kind: 'unplugged' } })
  expect(await channel.send(commands.at, undefined)).toEqual({ ok: false, refusal: { kind: 'unplugged' } })
  expect(await channel.closed).toBe('unplugged')
})

test('an abort ends the wait, and the late answer is not taken for the next one', async () => {
  const board = testBoard()
  const channel = board.channel()
  const stop = new AbortController()
  board.modem.inFront((_, answer) => {
    stop.abort()
    return answer()
  })
  const aborted = channel.send(commands.cfunSet, { mode: 1 }, { signal: stop.signal })
  expect(await aborted).toEqual({ ok: false, refusal: { kind: 'aborted' } })
  expect(await channel.send(commands.cfunRead, undefined)).toEqual({ ok: true, value: { mode: 1 } })
})

test('an answer that comes too late is not taken for the answer to the next command', async () => {
  const board = testBoard()
  let slow = true
  board.modem.inFront((text, answer) => {
    const reply = answer()
    if (!text.startsWith('AT%CMNG=1') || !slow) return reply
    slow = false
    return { ...reply, takesMs: 16_000 }
  })
  const channel = board.channel()
  expect(await channel.send(commands.cmngList, {})).toMatchObject({ ok: false, refusal: { kind: 'silence' } })
  expect(await channel.send(commands.cfunSet, { mode: 4 })).toEqual({ ok: true, value: undefined })
  expect(await channel.send(commands.cmngList, { tag: 7 })).toEqual({ ok: true, value: [] })
})

test('notifications come out by themselves, also in the middle of an answer (AT-23)', async () => {
  const board = testBoard()
  board.modem.inFront((text, answer) => {
    const reply = answer()
    return text === 'AT%CMNG=1'
      ? { ...reply, text: reply.text.replace(/\r\n/, '\r\n+CEREG: 5\r\n%MDMEV: ME OVERHEATED\r\n') }
      : reply
  })
  const channel = board.channel()
  const listing = await channel.send(commands.cmngList, {})
  expect(listing.ok && listing.value.length).toBe(3)
  await channel.close()
  const lines: string[] = []
  for await (const line of channel.unsolicited) lines.push(line)
  expect(lines).toEqual(['+CEREG: 5', '%MDMEV: ME OVERHEATED'])
})

test('what follows the final line in the same chunk is not the exchange’s any more', async () => {
  const cable = memoryCable()
  const writer = cable.modem.writable.getWriter()
  const channel = new Channel(cable.host, { clock: fastClock() })
  const first = channel.send(commands.cgsn, undefined)
  await writer.write(bytesOf('001015000000017\r\nOK\r\n001015000000025\r\nOK\r\n'))
  expect(await first).toEqual({ ok: true, value: '001015000000017' })
})

test('the tap hears no secret, neither in the command nor in its echo', async () => {
  const board = testBoard({ echo: true })
  const channel = board.channel()
  const secret = 'deadbeef'.repeat(8)
  channel.strike(new Secret(utf8(secret)))
  await channel.send(commands.cmngWrite, { tag: 1, type: 3, content: utf8(secret) })
  expect(board.heard.map((entry) => entry.text)).toEqual(['AT%CMNG=0,1,3,"<struck>"', 'AT%CMNG=0,1,3,"<struck>"', 'OK'])
})

test('the text of a garbled answer carries no secret either', async () => {
  const board = testBoard()
  const secret = 'cafebabe'.repeat(8)
  board.modem.inFront((text, answer) =>
    text === 'AT%CMNG=1' ? { text: `%CMNG: 1,"${secret}"\r\nOK\r\n`, takesMs: 1 } : answer(),
  )
  const channel = board.channel()
  channel.strike(new Secret(utf8(secret)))
  const outcome = await channel.send(commands.cmngList, {})
  expect(JSON.stringify(outcome)).toContain('garbled')
  expect(JSON.stringify(outcome)).not.toContain('cafebabe')
})
