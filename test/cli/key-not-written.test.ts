import { expect, test } from 'vitest'
import { flags, port, tag, type Workbench, workbench } from '../support/workbench.ts'

const key = `${tag}/2`

/** What `info` says of the key in our tag; undefined where it speaks of none. */
async function keyTold(made: Workbench): Promise<Record<string, unknown> | undefined> {
  const { events } = await made.run(['info', ...port, '--json'])
  return events.find((event) => event['type'] === 'key' && (event['slot'] as { tag: number }).tag === tag)
}

test('a run that was refused before its key step leaves no key of unknown origin behind; the mark on the key stays', async () => {
  const made = await workbench()
  await made.active()
  made.board.modem.inFront((text, answer) =>
    text.startsWith('AT%CMNG=0,') ? { text: '\r\n+CME ERROR: 515\r\n', takesMs: 1 } : answer(),
  )
  const full = await made.run(['apply', ...port, ...flags])
  expect(full.exit).toBe(4)
  expect(full.err).toMatch(/^next +sectag list --port test:board$/m)
  expect(await keyTold(made)).toBeUndefined()
  expect((await made.run(['info', ...port])).out).toContain('key seen by host: 1 key')
  made.clear()
})

test('a key whose write was refused with a number is not written either', async () => {
  const made = await workbench()
  made.board.modem.inFront((text, answer) =>
    /^AT%CMNG=0,\d+,2,/.test(text) ? { text: '\r\n+CME ERROR: 515\r\n', takesMs: 1 } : answer(),
  )
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(4)
  expect(await keyTold(made)).toBeUndefined()
  made.clear()
})

test('a run whose modem would not let itself be written to leaves what was known of its keys', async () => {
  const made = await workbench()
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(0)
  await made.active()
  made.board.modem.inFront((text, answer) =>
    text === 'AT+CFUN=4' ? { text: '\r\n+CME ERROR: 3\r\n', takesMs: 1 } : answer(),
  )
  expect((await made.run(['erase', ...port, '--tag', String(tag), '--yes'])).exit).toBe(4)
  expect(await keyTold(made)).toMatchObject({ origin: 'host' })
  made.clear()
})

test('a run that was cut leaves the origin UNKNOWN until resume ends it', async () => {
  const made = await workbench()
  const stop = new AbortController()
  made.board.modem.inFront((text, answer) => (/^AT%CMNG=0,\d+,1,/.test(text) && stop.abort(), answer()))
  expect((await made.run(['apply', ...port, ...flags], { signal: stop.signal })).exit).toBe(7)
  expect(await keyTold(made)).toMatchObject({ origin: 'unknown', why: expect.stringContaining('was cut') })
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(await keyTold(made)).toMatchObject({ origin: 'host' })
  made.clear()
})

test('a key write that was never answered stays in doubt', async () => {
  const made = await workbench()
  made.board.modem.inFront((text, answer) => (/^AT%CMNG=0,\d+,2,/.test(text) ? { text: '', takesMs: 1 } : answer()))
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(7)
  expect(await keyTold(made)).toMatchObject({ slot: { tag, type: 2 }, origin: 'unknown' })
  expect((await made.run(['info', ...port])).out).toContain(`${key}  key of UNKNOWN origin`)
  made.clear()
})
