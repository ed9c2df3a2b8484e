import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import { map } from '../probe/chip/chip.ts'
import { testApplication } from '../probe/chip/programs.ts'
import { founding, type ProbeDesk } from '../support/probe-desk.ts'
import { benchFor, expectFailure } from '../support/probe-tests.ts'

const word = map.uicr + 0x108
const four = ['nrfutil', 'JLinkExe', 'pyocd', 'probe-rs'] as const
const named = [...founding, '--program-app', 'customer.hex']

/** A desk with an application that comes with a word for UICR. */
async function desk(tool: (typeof four)[number], at = word, bytes = [0x78, 0x56, 0x34, 0x12]): Promise<ProbeDesk> {
  const made = await benchFor({}, [tool])
  made.file('customer.hex', testApplication('customer', { also: [{ at, bytes: Uint8Array.from(bytes) }] }))
  return made
}

function inUicr({ chip }: ProbeDesk): number[] {
  return [...chip.uicr.read(word, word + 4)]
}

describe.each(four)('an application with words for UICR, through %s,', (tool) => {
  test('puts them there, and does so again without a change: a tool may fail over words that are there (PROBE-54)', async () => {
    const made = await desk(tool)
    for (const seed of ['first', 'second']) {
      const ran = await made.run(named, { random: seededRandom(seed) })
      expect(ran.exit, ran.err).toBe(0)
      expect(inUicr(made)).toEqual([0x78, 0x56, 0x34, 0x12])
      expect(made.chip.program).toEqual({ is: 'application', name: 'customer' })
    }
  })

  test('is refused before anything is touched where something else stands there', async () => {
    const made = await desk(tool)
    made.chip.uicr.program(word, new Uint8Array(4))
    const before = Buffer.from(made.chip.flash.read(0, map.flash))
    expectFailure(
      await made.run(named),
      6,
      /at identify: UICR holds something else at 0xFF8108 than the application says/,
      /nothing on the board was changed/,
      /nrfutil device recover --serial-number 960000001/,
    )
    expect(Buffer.compare(before, made.chip.flash.read(0, map.flash))).toBe(0)
  })
})

test('words for UICR that do not read back are told: a tool may say that all is well', async () => {
  const made = await desk('pyocd')
  const ran = await made.run(named, {
    out: (text) => {
      if (/^answer/m.test(text)) made.chip.uicr.program(word, Uint8Array.of(0x70))
    },
  })
  expectFailure(ran, 7, /at verify: UICR holds something else at 0xFF8108/, /nrfutil device recover/)
})

test('an application that locks the debug port is told to do so before it is there', async () => {
  const made = await desk('nrfutil', map.uicr, [0, 0, 0, 0])
  const ran = await made.run(named)
  expect(ran.exit, ran.err).toBe(0)
  expect(ran.err).toMatch(/customer\.hex sets UICR\.APPROTECT: from its first start on the debug port is locked/)
  expect(made.chip.state.closed).toBe(true)
})
