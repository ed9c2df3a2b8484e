import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findTools, type Probe, type ProbeTool, type ToolName, type ToolSurroundings } from '../../src/probe/index.ts'
import { type FakeName, type ProbeBench, probeBench } from './chip/bench.ts'
import { map, type SimulatedChip } from './chip/chip.ts'
import { intelHex } from './chip/hex.ts'
import { otherFirmware, testApplication } from './chip/programs.ts'

const programs: [ToolName, FakeName][] = [
  ['nrfutil', 'nrfutil'],
  ['probe-rs', 'probe-rs'],
  ['pyocd', 'pyocd'],
  ['jlink', 'JLinkExe'],
]

// What every adapter is held to, whichever program it speaks to.
describe.each(programs)('%s', (name, program) => {
  const bench: ProbeBench = probeBench([program])
  afterAll(bench.clear)
  const folder = join(bench.folder, 'a folder with spaces')
  mkdirSync(folder)
  let serials = 0

  function tool(more: Partial<ToolSurroundings> = {}): ProbeTool {
    const [found] = findTools({
      env: { ...process.env, ...bench.env, PATH: join(bench.folder, 'bin') },
      folder,
      ...more,
    })
    if (found === undefined) throw new Error(`no ${program} on PATH`)
    return found
  }

  /** A chip with a probe at it. */
  function board(order: Parameters<ProbeBench['chip']>[0] = {}): { chip: SimulatedChip; probe: Probe; serial: string } {
    const chip = bench.chip(order)
    const serial = String(1_050_000_000 + ++serials)
    bench.plug(serial, chip)
    return { chip, serial, probe: tool().at(serial) }
  }

  function file(text: string): string {
    const path = join(folder, `image ${++serials}.hex`)
    writeFileSync(path, text)
    return path
  }

  const lockedPart = name === 'nrfutil' ? 'nRF9160' : 'nRF91'
  const cannot = (ability: string): boolean => tool().lacks.some((lack) => lack.cannot === ability)

  test('is found on PATH under its own name, and lists the probes that are plugged in', async () => {
    const { serial } = board()
    expect(tool().name).toBe(name)
    const listed = await tool().probes()
    expect(listed.ok && listed.value.map((one) => one.replace(/^0+/, ''))).toContain(serial)
    expect(findTools({ env: { PATH: folder }, folder })).toEqual([])
  })

  test('says what chip there is, and changes nothing by asking', async () => {
    const { chip, probe } = board({ hardened: true })
    const before = chip.uicr.read(map.uicr, map.uicr + 0x1000)
    expect(await probe.identify()).toEqual({
      ok: true,
      value: { part: 'nRF9160', access: 'open', hardened: true, flash: { from: 0, to: 0x10_0000 }, pageBytes: 0x1000 },
    })
    expect(chip.uicr.read(map.uicr, map.uicr + 0x1000)).toEqual(before)
    const other = board({ part: 'nRF9161' })
    expect(await other.probe.identify()).toMatchObject({ value: { part: 'nRF9161', hardened: true } })
    const first = board()
    expect(await first.probe.identify()).toMatchObject({ value: { part: 'nRF9160', hardened: false } })
  })

  test('reads flash, also a megabyte of it, while the chip runs on', async () => {
    const { chip, probe } = board()
    chip.flash.program(0x2b000, Uint8Array.of(1, 2, 3, 0x22))
    await chip.reset()
    expect(await probe.read({ from: 0x2b000, to: 0x2b005 })).toEqual({
      ok: true,
      value: Uint8Array.of(1, 2, 3, 0x22, 0xff),
    })
    const all = await probe.read({ from: 0, to: 0x10_0000 })
    expect(all.ok && Buffer.compare(all.value, chip.flash.read(0, 0x10_0000))).toBe(0)
    expect(chip.state.running).toBe(true)
  })

  test('programs the pages of an image and leaves the others, and nothing of it runs before a reset', async () => {
    const { chip, probe } = board()
    chip.flash.force(0x4000, new Uint8Array(0x2000).fill(0x11))
    const hex = file(testApplication('lamp', { end: 0x5000, also: [{ at: 0xf0000, bytes: Uint8Array.of(9, 8, 7) }] }))
    expect(await probe.program(hex)).toEqual({ ok: true, value: undefined })
    expect(chip.program).toEqual({ is: 'application', name: 'lamp' })
    expect([...chip.flash.read(0xf0000, 0xf0003)]).toEqual([9, 8, 7])
    expect(new Set(chip.flash.read(0x5000, 0x6000))).toEqual(new Set([0x11]))
    expect(chip.state.running).toBe(false)
    expect(await probe.reset()).toEqual({ ok: true, value: undefined })
    expect(chip.state.running).toBe(true)
  })

  test('programs UICR without erasing it', async () => {
    const { chip, probe } = board()
    chip.uicr.program(map.uicr + 0x108, Uint8Array.of(0x0f))
    const hex = file(intelHex([{ at: map.uicr + 0x10c, bytes: Uint8Array.of(1, 2, 3, 4) }]))
    expect(await probe.program(hex)).toEqual({ ok: true, value: undefined })
    expect([...chip.uicr.read(map.uicr + 0x108, map.uicr + 0x110)]).toEqual([0x0f, 0xff, 0xff, 0xff, 1, 2, 3, 4])
  })

  test('erases whole pages and no others; what is no page is refused before anything is called', async () => {
    const { chip, probe } = board()
    chip.flash.force(0x2a000, new Uint8Array(0x5000).fill(0x55))
    expect(await probe.erase({ from: 0x2b000, to: 0x2d000 })).toEqual({ ok: true, value: undefined })
    expect([0x2a, 0x2b, 0x2c, 0x2d].map((page) => new Set(chip.flash.read(page << 12, (page + 1) << 12)))).toEqual([
      new Set([0x55]),
      new Set([0xff]),
      new Set([0xff]),
      new Set([0x55]),
    ])
    const calls = bench.calls().length
    await expect(probe.erase({ from: 0x2b000, to: 0x2b800 })).rejects.toThrow(RangeError)
    await expect(probe.erase({ from: 0, to: 0x20_0000 })).rejects.toThrow(RangeError)
    expect(bench.calls().length).toBe(calls)
  })

  test('never unlocks a locked chip by itself: nothing of it is erased, whatever is asked', async () => {
    const { chip, probe } = board({ locked: true })
    chip.flash.force(0, new Uint8Array(0x1000).fill(0x77))
    const hex = file(otherFirmware())
    const outcomes = [
      await probe.identify(),
      await probe.read({ from: 0, to: 4 }),
      await probe.program(hex),
      await probe.erase({ from: 0, to: 0x1000 }),
    ]
    const [identified, ...rest] = outcomes
    const kind = cannot('tell-lock') ? 'no-chip' : 'locked'
    expect(rest.map((outcome) => !outcome.ok && outcome.refusal.kind)).toEqual([kind, kind, kind])
    if (cannot('tell-lock')) expect(identified).toMatchObject({ ok: false, refusal: { kind } })
    else expect(identified).toMatchObject({ ok: true, value: { access: 'locked', part: lockedPart } })
    expect(chip.state.closed).toBe(true)
    expect(new Set(chip.flash.read(0, 0x1000))).toEqual(new Set([0x77]))
  })

  test('recovers a locked chip by erasing all, or says beforehand that it cannot', async () => {
    const { chip, probe } = board({ locked: true })
    chip.flash.force(0, new Uint8Array(0x1000).fill(0x77))
    const outcome = await probe.recover()
    if (cannot('recover')) {
      expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'lacks', cannot: 'recover' } })
      expect(chip.state.closed).toBe(true)
      return
    }
    expect(outcome).toEqual({ ok: true, value: undefined })
    expect(await probe.identify()).toMatchObject({ value: { part: 'nRF9160', access: 'open' } })
    // PROBE-55: one of them puts a small program of its own there.
    expect(new Set(chip.flash.read(name === 'nrfutil' ? 0x400 : 0, 0x1000))).toEqual(new Set([0xff]))
  })

  test('a serial number that no probe has is told as such, with the number and the words of the program', async () => {
    board()
    const outcome = await tool().at('999').read({ from: 0, to: 4 })
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'no-probe', words: expect.stringMatching(/\S/) } })
  })

  test('a chip without power is not taken for a missing probe', async () => {
    const { probe } = board({ dead: true })
    expect(await probe.identify()).toMatchObject({ ok: false, refusal: { kind: 'no-chip', exit: expect.any(Number) } })
  })

  test('a probe that is pulled, between two calls or in the middle of one, is unplugged', async () => {
    const between = board()
    expect((await between.probe.identify()).ok).toBe(true)
    bench.unplug(between.serial)
    expect(await between.probe.read({ from: 0, to: 4 })).toMatchObject({ ok: false, refusal: { kind: 'unplugged' } })

    const middle = board()
    bench.plug(middle.serial, middle.chip, { leaves: { call: 1, afterPages: 2 } })
    const outcome = await middle.probe.program(file(testApplication('half')))
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'unplugged', exit: expect.any(Number) } })
    expect(middle.chip.flash.read(0x4000, 0x4001)[0]).toBe(0xff)
  })

  test('what does not read back the same is told, where the program looks', async () => {
    const { probe } = board({ worn: 0x4000 })
    const outcome = await probe.program(file(intelHex([{ at: 0x4000, bytes: Uint8Array.of(0xff, 0xff, 0xff, 0xff) }])))
    if (cannot('verify')) expect(outcome.ok).toBe(true)
    else expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'differs', exit: expect.any(Number) } })
  })

  test('who is told to stop stops, and who takes too long is ended', async () => {
    const { serial } = board()
    const aborted = await tool({ signal: AbortSignal.abort() }).at(serial).identify()
    expect(aborted).toMatchObject({ ok: false, refusal: { kind: 'aborted' } })
    // One that never ends: on a busy machine any other might be done before it is told to stop.
    const stuck = join(bench.folder, 'stuck')
    mkdirSync(stuck)
    writeFileSync(join(stuck, program), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
    const path = `${stuck}${delimiter}${process.env['PATH'] ?? ''}`
    const late = await tool({ env: { PATH: path }, patience: 1 })
      .at(serial)
      .identify()
    expect(late).toMatchObject({ ok: false, refusal: { kind: 'silence', afterMs: 1 } })
  })

  test('no file of a call is left behind, and none is seen by others', async () => {
    const { chip, probe } = board()
    chip.flash.force(0, new Uint8Array(0x1000).fill(0x42))
    await probe.read({ from: 0, to: 0x1000 })
    await probe.erase({ from: 0, to: 0x1000 })
    expect(readdirSync(folder).filter((entry) => !entry.endsWith('.hex'))).toEqual([])
  })
})
