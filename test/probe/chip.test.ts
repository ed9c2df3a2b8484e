import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { fromUtf8 } from '../../src/terms/index.ts'
import { probeBench } from './chip/bench.ts'
import { map, type SimulatedChip } from './chip/chip.ts'
import { intelHex, readIntelHex } from './chip/hex.ts'
import { openWriterPage, otherFirmware, testApplication, testWriter } from './chip/programs.ts'

const bench = probeBench()
afterEach(() => bench.unplug('1050000001'))
afterAll(bench.clear)

/** A page as the open writer reads it, made by hand. PROBE-01 */
function page(items: readonly { tag: number; type: number; text: string }[], count = items.length): Uint8Array {
  const head = Buffer.alloc(25, 0xff)
  head.writeUInt32LE(0xca5cad1a, 0)
  head[24] = count
  const parts = items.map(({ tag, type, text }) => {
    const item = Buffer.alloc(7)
    item.writeUInt32LE(tag, 0)
    item[4] = type
    item.writeUInt16LE(text.length, 5)
    return Buffer.concat([item, Buffer.from(text)])
  })
  return new Uint8Array(Buffer.concat([head, ...parts]))
}

function load(chip: SimulatedChip, hex: string): void {
  for (const _ of chip.load(readIntelHex(hex), true));
}

function resultOf(chip: SimulatedChip): number {
  return Buffer.from(chip.flash.read(openWriterPage + 4, openWriterPage + 8)).readInt32LE()
}

const some = [
  { tag: 42, type: 4, text: 'device-1' },
  { tag: 43, type: 3, text: '00ff00ff' },
]

test('flash only loses bits until its page is erased, and the page beside it stays', () => {
  const { flash } = bench.chip()
  flash.program(0x1000, Uint8Array.of(0xf0, 0x0f))
  flash.program(0x1000, Uint8Array.of(0x3c, 0xff))
  flash.program(0x2000, Uint8Array.of(1))
  expect([...flash.read(0x1000, 0x1003)]).toEqual([0x30, 0x0f, 0xff])
  flash.erasePage(0x1000)
  expect([...flash.read(0x1000, 0x1002)]).toEqual([0xff, 0xff])
  expect([...flash.read(0x2000, 0x2001)]).toEqual([1])
})

test('the writer gives the modem what lies on its page, and leaves IMEI and result there (PROBE-04)', async () => {
  const chip = bench.chip({ seed: 'writer' })
  load(chip, testWriter({ also: [{ at: openWriterPage, bytes: page(some) }] }))
  await chip.reset()
  expect(resultOf(chip)).toBe(0)
  const modem = await chip.modem()
  expect(fromUtf8(Uint8Array.from(chip.flash.read(openWriterPage + 8, openWriterPage + 24)))).toBe(
    `${modem.identity.imei}\ufffd`,
  )
  expect(some.map(({ tag, type }) => fromUtf8(modem.store.get({ tag, type })?.content ?? Uint8Array.of()))).toEqual(
    some.map(({ text }) => text),
  )
})

test('a refusal ends the writing with the number of the library, and what came before stays (PROBE-05)', async () => {
  const chip = bench.chip({ seed: 'refusal' })
  const reserved = { tag: 4_294_967_292, type: 0, text: 'x' }
  const [first, last] = some
  load(chip, testWriter({ also: [{ at: openWriterPage, bytes: page([first!, reserved, last!]) }] }))
  await chip.reset()
  expect(resultOf(chip)).toBe(-1)
  const { store } = await chip.modem()
  expect([first, last].map((item) => store.get(item!) !== undefined)).toEqual([true, false])
})

test('without a count, and where a result stands already, the writer does nothing (PROBE-06)', async () => {
  const blank = bench.chip()
  load(blank, testWriter())
  await blank.reset()
  expect(resultOf(blank)).toBe(-1)
  expect((await blank.modem()).store.items().filter(({ origin }) => origin !== 'factory')).toEqual([])
  const twice = bench.chip({ seed: 'twice' })
  load(twice, testWriter({ also: [{ at: openWriterPage, bytes: page(some) }] }))
  await twice.reset()
  const modem = await twice.modem()
  modem.store.delete({ tag: 42, type: 4 })
  await twice.reset()
  expect((await twice.modem()).store.get({ tag: 42, type: 4 })).toBeUndefined()
})

test('a writer takes its time, one that hangs takes for ever, and other firmware writes nothing', async () => {
  for (const [writerTakes, hex, after] of [
    [2, testWriter({ also: [{ at: openWriterPage, bytes: page(some) }] }), [-1, 0, 0]],
    ['never', testWriter({ also: [{ at: openWriterPage, bytes: page(some) }] }), [-1, -1, -1]],
    [0, otherFirmware(), [-1, -1, -1]],
  ] as const) {
    const chip = bench.chip({ writerTakes })
    load(chip, hex)
    await chip.reset()
    const seen: number[] = []
    for (let call = 0; call < 3; call++) {
      await chip.tick()
      seen.push(resultOf(chip))
    }
    expect(seen).toEqual(after)
  }
})

test('erasing all takes flash, UICR and the lock, and leaves what the modem keeps (PROBE-16)', async () => {
  const chip = bench.chip({ locked: true, seed: 'kept' })
  const modem = await chip.modem()
  modem.store.put({ tag: 7, type: 0 }, new Uint8Array([65]))
  expect(chip.state.closed).toBe(true)
  chip.eraseAll()
  await chip.reset()
  expect(chip.state.closed).toBe(false)
  expect((await chip.modem()).store.get({ tag: 7, type: 0 })).toBeDefined()
})

test('a part with the hardened lock closes its port at a reset unless UICR says otherwise (PROBE-17)', async () => {
  const chip = bench.chip({ part: 'nRF9161' })
  chip.eraseAll()
  await chip.reset()
  expect(chip.state.closed).toBe(true)
  chip.eraseAll()
  chip.sayUnprotected()
  await chip.reset()
  expect(chip.state.closed).toBe(true)
  // UICR alone does not open it: what runs has to.
  for (const _ of chip.load(readIntelHex(testApplication('lamp')), true));
  await chip.reset()
  expect(chip.state.closed).toBe(false)
  chip.change({ closes: 'application' })
  await chip.reset()
  expect(chip.state.closed).toBe(true)
})

test('its programs on PATH are processes of their own at the same files', () => {
  const chip = bench.chip()
  bench.plug('1050000001', chip)
  const hex = join(bench.folder, 'app.hex')
  writeFileSync(hex, testApplication('lamp'))
  const options = 'chip_erase_mode=ERASE_RANGES_TOUCHED_BY_FIRMWARE,verify=VERIFY_READ'
  const argv = ['device', 'program', '--serial-number', '1050000001', '--firmware', hex, '--options', options, '--json']
  const out = execFileSync(join(bench.folder, 'bin/nrfutil'), argv, { encoding: 'utf8', env: bench.env })
  expect(out).toContain('"result":"success"')
  expect(chip.program).toEqual({ is: 'application', name: 'lamp' })
  expect(bench.calls()).toEqual([`nrfutil ${argv.join(' ')}`])
})

test('Intel HEX of the tests goes there and back over a border of 64 kB', () => {
  const bytes = new Uint8Array(70_000).map((_, index) => index & 0xff)
  const runs = readIntelHex(intelHex([{ at: 0x1fff0, bytes }]))
  const whole = new Uint8Array(70_000)
  for (const run of runs) whole.set(run.bytes, run.at - 0x1fff0)
  expect(whole).toEqual(bytes)
  expect(map.flash).toBe(1 << 20)
})
