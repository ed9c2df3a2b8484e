import { describe, expect, test, vi } from 'vitest'
import { testWriter } from '../probe/chip/programs.ts'
import { founding, probe, type ProbeDesk } from '../support/probe-desk.ts'
import { benchFor, expectFailure, nextLine } from '../support/probe-tests.ts'

const made = (): Promise<ProbeDesk> => benchFor({}, ['nrfutil'])

describe('a table that meets its writer', () => {
  test.each([[[]], [['--writer-page', '0x2B000']]])(
    'is told with the place where they meet, and never to type the same page again: %j',
    async (page) => {
      const desk = await made()
      desk.file('writer.hex', testWriter({ end: 0x2_b800 }))
      const ran = await desk.run([...founding, ...page])
      expectFailure(ran, 2, /the writer's own bytes at 0x2B000 to 0x2B800/, /something else was merged into this image/)
      expect(nextLine(ran)).toMatch(/^west build -b nrf9160dk\/nrf9160\/ns examples\/ncs\/writer {3}#/)
      expect(ran.err).not.toContain('--writer-page 0x2B000')
      expect(desk.bench.calls()).toEqual([])
    },
  )

  test('at a page that was typed is told to leave that out', async () => {
    const desk = await made()
    const ran = await desk.run([...founding, '--writer-page', '0x2000'])
    expectFailure(ran, 2, /at 0x02000 to 0x03000/)
    expect(nextLine(ran)).toBe(`sectag ${founding.join(' ')}   # the open writer has its own page`)
    expect((await desk.run(founding)).exit).toBe(0)
  })

  test('behind a page that is free is to be made smaller', async () => {
    const desk = await made()
    desk.file('writer.hex', testWriter({ also: [{ at: 0x2_c000, bytes: new Uint8Array(16) }] }))
    desk.file('root.crt', desk.paper.ca.repeat(6))
    desk.file('board.crt', desk.paper.certificate.repeat(6))
    const ran = await desk.run(founding)
    expectFailure(ran, 2, /at 0x2C000 to 0x2C010/)
    expect(nextLine(ran)).toBe('share it out over two manifests, and run this once with each')
  })
})

test('more credentials than a table counts to are given by two runs', async () => {
  const desk = await made()
  const tags = Array.from({ length: 300 }, (_, tag) => `  - tag: ${tag}\n    ca: root.crt\n`)
  desk.file('wanted.yaml', `sectag: 1\ntags:\n${tags.join('')}`)
  const ran = await desk.run(['apply', '--probe', probe, '--writer', 'writer.hex', 'wanted.yaml'])
  expectFailure(ran, 2, /300 credentials are too many for one table; it counts to 254/, /^why +a table has one byte/m)
  expect(nextLine(ran)).toBe('share it out over two manifests, and run this once with each')
})

test.each([
  [founding, undefined],
  [['apply', '--unlock', '--writer-page', '0x2B000'], /no debug probe was named/],
  [['apply', '--only', probe], /--only without --boards/],
])('$SECTAG_PORT in the environment does not stand in the way of what was typed: %j', async (line, words) => {
  vi.stubEnv('SECTAG_PORT', '/dev/ttyACM0')
  const desk = await made()
  const ran = await desk.run([...line], { env: { ...desk.env, SECTAG_PORT: '/dev/ttyACM0' } })
  vi.unstubAllEnvs()
  expect(ran.err).not.toContain('cannot be used with')
  if (words === undefined) expect(ran.exit, ran.err).toBe(0)
  else expectFailure(ran, 2, words)
})
