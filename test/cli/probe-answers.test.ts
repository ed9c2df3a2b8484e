import { afterAll, describe, expect, test } from 'vitest'
import { testWriter } from '../probe/chip/programs.ts'
import type { ChipOrder } from '../probe/chip/chip.ts'
import { CompiledWriter, compiler } from '../probe/writer-c/compiled.ts'
import type { Ran } from '../support/cli.ts'
import { needs } from '../support/outside.ts'
import { sampled } from '../support/scale.ts'
import { founding, type ProbeDesk, tag } from '../support/probe-desk.ts'
import { benchFor } from '../support/probe-tests.ts'

const writer = compiler === undefined ? undefined : new CompiledWriter(compiler)
afterAll(() => writer?.clear())
const compiled = needs('a C compiler (cc)', writer !== undefined)

async function ranWith(order: ChipOrder, image: string): Promise<{ desk: ProbeDesk; ran: Ran; before: Buffer }> {
  const desk = await benchFor(order, ['nrfutil'])
  desk.file('writer.hex', image)
  const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
  return { desk, ran: await desk.run(founding), before }
}

interface Told {
  readonly exit?: number
  readonly error: RegExp
  readonly modem: RegExp
  /** How many of the three items the modem has in truth. */
  readonly has: number
}

/** Four parts; the board is as it was, but for its modem, of which just that is said which is so. */
async function expectTold(
  { desk, ran, before }: Awaited<ReturnType<typeof ranWith>>,
  { exit = 4, error, modem, has }: Told,
): Promise<void> {
  expect(ran.exit, ran.out + ran.err).toBe(exit)
  for (const part of ['error', 'state', 'why', 'next']) expect(ran.err).toMatch(new RegExp(`^${part} +\\S`, 'm'))
  expect(ran.err).toMatch(error)
  expect(ran.err).toMatch(modem)
  expect(ran.err).not.toMatch(/undefined|NaN/)
  expect(Object.keys(await desk.memory())).toEqual([0, 1, 2].slice(0, has).map((type) => `${tag}/${type}`))
  expect(ran.err).toMatch(/pages read back blank; the application that was there is back/)
  expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
  expect(desk.leaks()).toEqual([])
}

const some = /its modem has taken some of 3 items, nobody said how many/
const unknown = /whether its modem took anything is not known/

describe('the open writer', () => {
  test.each([
    ['513 to the first item', { at: 0, code: 513 }, { error: /errno 2, .*\+CME ERROR: 513/, modem: some, has: 0 }],
    ['515 to the third item', { at: 2, code: 515 }, { error: /errno 12, .*\+CME ERROR: 515/, modem: some, has: 2 }],
    ['518 to the second item', { at: 1, code: 518 }, { error: /errno 13, .*\+CME ERROR: 518/, modem: some, has: 1 }],
    ['a number that it does not name', { at: 1, code: 528 }, { error: /0xBAADBAAD/, modem: some, has: 1 }],
    ['514, which is no word', { at: 1, code: 514 }, { exit: 3, error: /IMEI \d{15}/, modem: unknown, has: 1 }],
    ['a no to CFUN=0', { at: 'CFUN', code: 4 }, { exit: 3, error: /never answered/, modem: unknown, has: 0 }],
    ['a no to CGSN', { at: 'CGSN', code: 4 }, { exit: 3, error: /never answered/, modem: unknown, has: 0 }],
  ] as const)('tells %s, and the state of the board is told as it is', async (_, refuses, told) => {
    await expectTold(await ranWith({ refuses }, testWriter()), told)
  })
})

const nothing = /its modem has taken nothing/
const before = /its modem has taken the items before that one, of 3/

describe('the writer of examples/ncs/writer', () => {
  const cases: readonly [string, Pick<NonNullable<ChipOrder['own']>, 'words' | 'spoilt'>, Told][] = [
    ['1', { words: ['start=errno:110'] }, { error: /did not start: errno 110/, modem: nothing, has: 0 }],
    ['2', { words: ['off=cme:518'] }, { error: /radio off: \+CME ERROR: 518/, modem: nothing, has: 0 }],
    ['3', { words: ['imei=cme:0'] }, { error: /tell its IMEI: \+CME ERROR: 0/, modem: nothing, has: 0 }],
    ['4', { words: ['imei=text:12345'] }, { error: /begins with 5 digits/, modem: nothing, has: 0 }],
    ['5', { words: [], spoilt: [8, 0x39] }, { error: /held another one/, modem: nothing, has: 0 }],
    ['6', { words: ['broken=12'] }, { error: /word 3 of the page/, modem: nothing, has: 0 }],
    ['7', { words: [], spoilt: [24, 0xff] }, { error: /no table on the page/, modem: nothing, has: 0 }],
    ['8', { words: [], spoilt: [24, 4] }, { error: /does not end where/, modem: nothing, has: 0 }],
    ['9', { words: [], spoilt: [31, 0x10] }, { error: /bytes; a writer takes 1 to 4077/, modem: nothing, has: 0 }],
    ['10', { words: [], spoilt: [40, 0x22] }, { error: /a quote or a NUL at byte 8/, modem: nothing, has: 0 }],
    ['11', { words: ['store1=cme:519'] }, { error: /client certificate\): .*CME ERROR: 519/, modem: before, has: 1 }],
    ['12', { words: ['store2=errno:116'] }, { error: /private key\): .*errno 116/, modem: /perhaps that one/, has: 2 }],
  ]
  for (const [reason, own, told] of sampled(cases, 5))
    compiled(`ends with reason ${reason}, and the state of the board is told as it is`, async () => {
      if (writer === undefined) return
      const image = testWriter({ page: 0xf_8000, marker: writer.marker() })
      await expectTold(await ranWith({ own: { program: writer.program, ...own } }, image), told)
    })

  compiled('gives the modem all of it, and its page is found by its marker', async () => {
    if (writer === undefined) return
    const image = testWriter({ page: 0xf_8000, marker: writer.marker() })
    const { desk, ran } = await ranWith({ own: { program: writer.program, words: [] } }, image)
    expect(ran.exit, ran.err).toBe(0)
    const { ca, certificate, key } = desk.paper
    expect(await desk.memory()).toEqual({ [`${tag}/0`]: ca, [`${tag}/1`]: certificate, [`${tag}/2`]: key })
    expect(desk.leaks()).toEqual([])
  })

  compiled(
    'built for nRF91x1 is taken on an nRF9161, and is not supported on an nRF9160, whose board stays as it was',
    async () => {
      if (writer === undefined) return
      const image = testWriter({ page: 0xf_8000, marker: forOtherChips(writer.marker()) })
      const own = { program: writer.program, words: [] }
      const newer = await ranWith({ part: 'nRF9161', mfw: '2.0.2', own }, image)
      expect(newer.ran.exit, newer.ran.err).toBe(0)
      expect(Object.keys(await newer.desk.memory())).toHaveLength(3)
      const older = await ranWith({ own }, image)
      expect(older.ran.exit).toBe(4)
      expect(older.ran.err).toMatch(/nRF9160: not supported by this writer[^]*nothing on the board was changed/)
      expect(older.ran.err).toContain('west build -b nrf9160dk/nrf9160/ns')
      expect(Buffer.compare(older.before, older.desk.chip.flash.read(0, 0x10_0000))).toBe(0)
    },
  )
})

/** The marker of the same writer as a build for nRF91x1 has it. */
function forOtherChips(marker: Uint8Array): Uint8Array {
  const other = Uint8Array.from(marker)
  const view = new DataView(other.buffer)
  const word = (index: number): number => view.getUint32(16 + 4 * index, true)
  view.setUint32(28, 0x9120, true)
  view.setUint32(32, ~(word(0) ^ word(1) ^ word(2) ^ word(3)), true)
  return other
}
