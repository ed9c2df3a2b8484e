import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { layOut, readHex, writeHex } from '../../src/probe/index.ts'
import { bytesOf } from '../../src/terms/index.ts'
import { freshPaper } from '../support/paper.ts'
import { founding, memoryOf, probe, type ProbeDesk, put, rootAlone, tag } from '../support/probe-desk.ts'
import { benchFor, expectFailure } from '../support/probe-tests.ts'
import type { FakeName } from '../probe/chip/bench.ts'
import type { ChipOrder } from '../probe/chip/chip.ts'
import { otherFirmware, testApplication, testWriter } from '../probe/chip/programs.ts'

const made = (order?: ChipOrder, tools: readonly FakeName[] = ['nrfutil']): Promise<ProbeDesk> => benchFor(order, tools)

const old = { is: 'application', name: 'old' }

describe('a writer that answers no', () => {
  test('keeps its number; the board has its application back, and no credential in its flash', async () => {
    const desk = await made({ switches: { overwrite: 'error519' } })
    expect((await desk.run(founding)).exit).toBe(0)
    const before = await desk.memory()
    const other = await freshPaper()
    writeFileSync(join(desk.folder, 'root.crt'), other.ca)
    const again = await desk.run(founding)
    expectFailure(
      again,
      4,
      /answered 0xBAADBAAD: the modem refused an item/,
      /the application that was there is back/,
      /pages read back blank/,
    )
    expect(await desk.memory()).toEqual(before)
    expect(desk.chip.program).toEqual(old)
    expect(desk.leaks()).toEqual([])
  })

  test('never, because it is another program or hangs, is told as such after its time, and all is put back', async () => {
    const desk = await made()
    desk.file('other.hex', otherFirmware())
    const line = founding.map((word) => (word === 'writer.hex' ? 'other.hex' : word))
    expectFailure(await desk.run(line), 2, /nowhere holds the address 0x2B000/, /no board was touched/)
    expect(desk.bench.calls()).toEqual([])
    const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
    const ran = await desk.run([...line, '--writer-page', '0x2B000'])
    expectFailure(
      ran,
      3,
      /at answer: the writer never answered: no result after 35 s/,
      /whether its modem took anything is not known/,
    )
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
    expect(desk.leaks()).toEqual([])
  })
})

describe('a locked chip', () => {
  const unlock = [...founding, '--unlock', '--program-app', 'app.hex']

  test('is refused, and told how to go on, and nothing of it is changed', async () => {
    const desk = await made({ locked: true })
    expectFailure(
      await desk.run(founding),
      6,
      /the chip is locked/,
      /nothing on the board was changed/,
      /--unlock --program-app APP\.hex/,
    )
    expect(desk.chip.state.closed).toBe(true)
  })

  test('is not unlocked without an application to put there, nor by somebody who does not confirm it', async () => {
    const desk = await made({ locked: true })
    expectFailure(
      await desk.run([...founding, '--unlock']),
      6,
      /--unlock without --program-app/,
      /no board was touched/,
    )
    expectFailure(await desk.run(unlock), 6, /not confirmed to unlock/, /nothing on the chip was changed/, /--yes$/m)
    const asked = await desk.run(unlock, { ask: () => Promise.resolve('1234') })
    expectFailure(asked, 6, /Unlocking erases all of its flash/)
    expect(desk.chip.state.closed).toBe(true)
    const said = await desk.run(unlock, { ask: () => Promise.resolve(probe.slice(-4)) })
    expect(said.exit, said.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
    expect(Object.keys(await desk.memory())).toHaveLength(3)
  })

  test('cannot be unlocked by a tool that lacks it, which is said before anything is touched', async () => {
    const desk = await made({ locked: true }, ['JLinkExe'])
    expectFailure(await desk.run([...unlock, '--yes']), 6, /jlink cannot unlock a chip/)
    expect(desk.bench.calls()).toEqual([])
  })
})

describe('two probes with one board', () => {
  test('are met by one run; the other is refused, and says by whom', async () => {
    const desk = await made()
    desk.bench.plug('960000002', desk.chip)
    const line = rootAlone(`${probe},960000002`)
    const ran = await desk.run([...line, '--json'])
    expect(ran.exit).toBe(7)
    const ends = ran.events.filter(({ type }) => type === 'probe')
    expect(ends.map(({ exit }) => exit).toSorted()).toEqual([0, 6])
    const refusal = ends.find(({ exit }) => exit === 6)
    expect(JSON.stringify(refusal)).toMatch(/another run is at this chip, by way of probe 96000000\d, in this command/)
    expect(desk.chip.program).toEqual(old)
    expect(Object.keys(await desk.memory())).toEqual([`${tag}/0`])
  })

  test('do not get one private key for two boards', async () => {
    const desk = await made()
    desk.bench.plug('960000002', desk.bench.chip())
    const line = founding.map((word) => (word === probe ? `${probe},960000002` : word))
    expectFailure(await desk.run(line), 2, /the same private key would go into the boards/, /--boards/)
    expect(desk.bench.calls()).toEqual([])
  })
})

describe('what cannot be reached', () => {
  test('is a chip of another part, one without power, a probe that is not there, or a tool', async () => {
    const other = await made({ part: 'nRF9161' })
    expectFailure(
      await other.run(founding),
      4,
      /nRF9161: not supported by this writer/,
      /nothing on the board was changed/,
      /west build -b nrf9151dk\/nrf9151\/ns examples\/ncs\/writer/,
    )
    const dead = await made({ dead: true })
    expectFailure(await dead.run(founding), 3, /no chip answers the probe/)
    const line = founding.map((word) => (word === probe ? '960000009' : word))
    expectFailure(await dead.run(line), 3, /no probe with this serial number/, /plugged in: (?:0{3})?960000001/)
    const none = await made({}, ['nrfutil'])
    const bare = { ...none.env, PATH: none.folder }
    expectFailure(await none.run(founding, { env: bare }), 3, /no probe tool is on PATH/)
  })
})

describe('a command line', () => {
  test('without a probe is told how to find one, also where $SECTAG_PORT names a port', async () => {
    const desk = await made()
    const line = founding.filter((word) => word !== '--probe' && word !== probe)
    const told = [/no debug probe was named/, /nrfutil device list {3}# then the same with --probe SERIAL/]
    expectFailure(await desk.run(line), 2, ...told)
    expectFailure(await desk.run(line, { env: { ...desk.env, SECTAG_PORT: '/dev/ttyACM0' } }), 2, ...told)
    expect(desk.bench.calls()).toEqual([])
  })

  test.each([
    ['pyocd', 'pyocd', /pyOCD does not read back what it has programmed/],
    [
      'JLinkExe',
      'jlink',
      /no documented command that unlocks an nRF91[^]*a locked chip looks to it like one without power/,
    ],
  ] as const)('with %s is told what that cannot do, before any chip is touched', async (name, tool, words) => {
    const desk = await made({}, [name])
    const ran = await desk.run([...founding, '--probe-tool', tool, '--dry-run'])
    expect(ran.out + ran.err).toMatch(words)
    expect(desk.bench.calls()).toEqual([])
  })

  test('that asks to verify by a probe is told what shows more', async () => {
    const desk = await made()
    const line = ['verify', ...founding.slice(1, 3), ...founding.slice(5)]
    expectFailure(await desk.run(line), 1, /cannot list what a modem holds/, /rtt=0/, /sectag watch --cert board\.crt/)
    expect(desk.bench.calls()).toEqual([])
  })
})

describe('files that cannot be used', () => {
  test.each([
    [
      'an application beyond the flash',
      'app',
      () => testApplication('x', { end: 0x10_0010 }),
      /the flash of an nRF91 ends at 0x100000/,
    ],
    [
      'an application that a chip would not start',
      'app',
      () => `:0400400001020304B2\n:00000001FF\n`,
      /does not begin at address 0/,
    ],
    ['an application that is no Intel HEX', 'app', () => 'PK', /no Intel HEX file/],
    ['an application without a byte', 'app', () => ':00000001FF\n', /app\.hex holds no bytes/],
    ['a writer without a byte', 'writer', () => ':00000001FF\n', /writer\.hex holds no bytes/],
    [
      'a writer that was cut',
      'writer',
      () => testWriter().slice(0, 4000),
      /in the middle of record \d+: the file was cut/,
    ],
    ['the writer as the application', 'app', () => testWriter(), /app\.hex is a writer, and no application/],
    [
      'another writer as the application',
      'app',
      () => testWriter({ end: 0x4000, marker: markerOf(0x2_b000) }),
      /app\.hex is a writer, and no application/,
    ],
    ['a writer that overlaps its table', 'writer', () => testWriter({ end: 0x2_c000 }), /over the writer's own bytes/],
    ['a writer with credentials in it', 'writer', withTable, /has credentials in it already/],
  ])('%s: nothing is begun', async (_, which, text, words) => {
    const desk = await made()
    desk.file(`${which}.hex`, text())
    expectFailure(await desk.run([...founding, '--program-app', 'app.hex']), 2, words, /no board was touched/)
    expect(desk.bench.calls()).toEqual([])
  })
})

test('a file that is no program is never named as what to write over', async () => {
  const desk = await made()
  desk.file('new.hex', 'mine')
  const line = founding.map((word) => (word === 'writer.hex' ? 'board.key' : word))
  const told = [/board\.key is no Intel HEX file/, /^next +arm-none-eabi-objcopy -O ihex zephyr\.elf new-2\.hex /m]
  expectFailure(await desk.run(line), 2, ...told)
  expectFailure(await desk.run([...founding, '--program-app', 'board.key']), 2, ...told)
})

test.each(['0xFFFFFFFF', '0xFFFFFFFC', '4294967295', '9999999999', '0xFFFFF000', '0x100000'])(
  'an address of a page that no chip has, %s, is refused in four parts',
  async (page) => {
    const desk = await made()
    expectFailure(await desk.run([...founding, '--writer-page', page]), 2, /no board was touched/)
    expect(desk.bench.calls()).toEqual([])
  },
)

function markerOf(page: number): Uint8Array {
  const marker = new Uint8Array(36)
  marker.set(Buffer.from('sectag-writer\n\0\0', 'latin1'))
  const words = [0x1_0000, page, 0x4000, 0x9160]
  const check = ~words.reduce((all, word) => all ^ word, 0) >>> 0
  const view = new DataView(marker.buffer)
  for (const [index, word] of [...words, check].entries()) view.setUint32(16 + 4 * index, word, true)
  return marker
}

function withTable(): string {
  const writer = readHex(testWriter())
  if (!writer.ok) throw new Error(writer.refusal.text)
  const laid = layOut(writer.value, 0x2_b000, [
    { slot: { tag: 7, type: 2 }, content: bytesOf('somebody else’s key'.replace('’', "'")) },
  ])
  if (!laid.ok) throw new Error(laid.refusal.code)
  return writeHex(laid.value.image)
}

describe('what another home or another tool has left', () => {
  test('is blanked first; without an application to put there nothing more is done', async () => {
    const desk = await made()
    put(desk.chip, withTable())
    expectFailure(
      await desk.run(founding),
      6,
      /there is no application on the chip to put back/,
      /--program-app APP\.hex/,
    )
    const page = Buffer.from(desk.chip.flash.read(0x2_b000, 0x2_c000))
    expect(page.every((byte) => byte === 0xff)).toBe(true)
    const ran = await desk.run([...founding, '--program-app', 'app.hex'])
    expect(ran.exit, ran.err).toBe(0)
    expect(await memoryOf(desk.chip)).toHaveProperty(`${tag}/2`)
  })
})

describe('many boards', () => {
  test('come from a list, each with files of its own, and each has its line; those that failed do not hold up the others', async () => {
    const desk = await made()
    const [second, other] = [desk.bench.chip(), await freshPaper()]
    put(second, testApplication('old'))
    desk.bench.plug('960000002', second)
    desk.file('two.crt', other.certificate)
    desk.file('two.key', other.key)
    const rows = [
      `${probe};${tag};board.crt;board.key`,
      `960000002;${tag};two.crt;two.key`,
      `960000003;${tag};board.crt;`,
    ]
    desk.file('boards.csv', `\uFEFFprobe;tag;cert;key\r\n${rows.join('\r\n')}\r\n`)
    const ran = await desk.run(['apply', '--boards', 'boards.csv', '--writer', 'writer.hex'])
    expect(ran.exit, ran.err).toBe(7)
    expect(ran.out).toMatch(/^960000001 {2}PRESENCE {2}IMEI \d{15}$/m)
    expect(ran.out).toMatch(/^960000002 {2}PRESENCE {2}IMEI \d{15}$/m)
    expect(ran.out).toMatch(/^960000003 {2}exit 3 {2}at identify: no probe/m)
    expect(ran.err).toMatch(/of 3 boards 1 is not done: 960000003/)
    expect((await memoryOf(second))[`${tag}/2`]).toBe(other.key)
  })

  test.each([
    [['--ca', 'root.crt'], /: --ca$/m],
    [['--cert', 'board.crt', '--key', 'board.key'], /: --cert, --key$/m],
    [['--psk-identity', 'me'], /: --psk-identity$/m],
    [['--enrol', 'device'], /: --enrol$/m],
    [['--tag', '7'], /: --tag$/m],
    [['wanted.yaml'], /: a manifest$/m],
    [['--probe', '960000002'], /: --probe$/m],
  ])('in a list take nothing from the command line: %s is not left unsaid', async (more, words) => {
    const desk = await made()
    desk.file('boards.csv', `probe,tag,cert,key\n${probe},${tag},board.crt,board.key\n`)
    const line = ['apply', '--boards', 'boards.csv', '--writer', 'writer.hex', ...more]
    expectFailure(await desk.run(line), 2, /both --boards and other words/, words)
    expect(desk.bench.calls()).toEqual([])
  })

  test.each([
    ['probe,colour\n1,red\n', /there is no column colour/],
    ['tag,ca\n7,root.crt\n', /no column is called probe/],
    ['probe,tag,ca\n', /no board is in it/],
    ['probe,tag,ca\n1,7,root.crt\n1,8,root.crt\n', /line 3: probe 1 is there twice/],
    ['probe,tag,ca\n1,3.5E+14,root.crt\n', /line 2: no security tag is in it/],
    [
      'probe,tag,ca\n\n1,7,root.crt,more\n',
      /line 3: it has 4 cells, and the line of names has 3[^]*next +mend line 3 of/,
    ],
    ['probe,tag,ca\n1,7\n', /line 2: it has 2 cells/],
    ['probe,tag,ca,ca\n1,7,root.crt,\n', /line 1: column ca is there twice/],
  ])('in a list that makes no sense are not touched', async (text, words) => {
    const desk = await made()
    desk.file('boards.csv', text)
    expectFailure(await desk.run(['apply', '--boards', 'boards.csv', '--writer', 'writer.hex']), 2, words)
  })
})
