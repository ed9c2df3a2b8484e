import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readValues } from '../../src/cli/home/json-lines.ts'
import { fakeNames } from '../probe/chip/bench.ts'
import { founding, probe, type ProbeDesk, tag } from '../support/probe-desk.ts'
import { benchFor } from '../support/probe-tests.ts'

function whole({ paper }: ProbeDesk): Record<string, string> {
  return { [`${tag}/0`]: paper.ca, [`${tag}/1`]: paper.certificate, [`${tag}/2`]: paper.key }
}

function home({ folder }: ProbeDesk, ...names: string[]): string {
  return join(folder, 'home', ...names)
}

const toolOf = { nrfutil: 'nrfutil', JLinkExe: 'jlink', pyocd: 'pyocd', 'probe-rs': 'probe-rs' } as const

describe('the founding command', () => {
  test.each(fakeNames)('writes a board without a UART through %s, and gives it its application', async (name) => {
    const desk = await benchFor({}, [name])
    const ran = await desk.run([...founding, '--program-app', 'app.hex', '--probe-tool', toolOf[name], '--json'])
    expect(ran.exit, ran.out + ran.err).toBe(0)
    expect(ran.result).toMatchObject({ exit: 0, proof: 'presence', verdict: 'UNKNOWN', probe, answer: 0 })
    expect(await desk.memory()).toEqual(whole(desk))
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
    expect(desk.chip.state.running).toBe(true)
    expect(desk.leaks()).toEqual([])
    expect(readdirSync(home(desk, 'journal'))).toEqual([])
  })

  test('puts back what was there, byte for byte, also from under the table, where no application is named', async () => {
    const desk = await benchFor()
    const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
    const ran = await desk.run(founding)
    expect(ran.exit, ran.err).toBe(0)
    expect(ran.out).toContain('PRESENCE  The modem with IMEI')
    expect(ran.out).toContain('sectag watch')
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
    expect(await desk.memory()).toEqual(whole(desk))
    expect(desk.leaks()).toEqual([])
    expect(readdirSync(home(desk, 'journal'))).toEqual([])
  })

  test('leaves a blank chip blank, without the writer', async () => {
    const desk = await benchFor()
    desk.chip.flash.create()
    expect((await desk.run(founding)).exit).toBe(0)
    expect(Buffer.from(desk.chip.flash.read(0, 0x10_0000)).every((byte) => byte === 0xff)).toBe(true)
  })

  test('is remembered as a write over a cable is, with the key as one that this host has seen', async () => {
    const desk = await benchFor()
    const { result } = await desk.run([...founding, '--json'])
    const facts = readValues<Record<string, unknown>>(home(desk, 'known', `${String(result['imei'])}.jsonl`))
    expect(facts.map(({ fact }) => fact)).toEqual(['writing', 'written'])
    expect(facts[0]).toMatchObject({ keys: [{ tag }], certificates: [{ tag }] })
    expect(facts[1]?.['slots']).toHaveLength(3)
    expect(readFileSync(home(desk, 'sessions.jsonl'), 'utf8')).toContain('"changed"')
  })

  test('does by a manifest what it does by flags, and says before what it would do', async () => {
    const desk = await benchFor()
    desk.file(
      'manifest.yaml',
      `sectag: 1\ntags:\n  - tag: ${tag}\n    ca: root.crt\n    certificate: board.crt\n    key: board.key\n`,
    )
    const line = ['apply', '--probe', probe, '--writer', 'writer.hex', 'manifest.yaml']
    const dry = await desk.run([...line, '--dry-run'])
    expect(dry.exit).toBe(1)
    expect(dry.out).toContain(
      `${probe}: 3 to give by nrfutil, at 0x2B000 to 0x2C000; afterwards what is on the chip now.`,
    )
    expect(desk.bench.calls()).toEqual([])
    expect((await desk.run(line)).exit).toBe(0)
    expect(await desk.memory()).toEqual(whole(desk))
  })

  test('proves presence at best, and says what more takes', async () => {
    const desk = await benchFor()
    const ran = await desk.run([...founding, '--proof', 'session'])
    expect(ran.exit).toBe(1)
    expect(ran.err).toContain('grade session was asked for, presence is what a writer')
    expect(ran.err).toContain('sectag watch --help')
    expect(await desk.memory()).toEqual(whole(desk))
  })
})
