import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { findTools } from '../../src/probe/index.ts'
import { chipOf, factoryWords } from '../../src/probe/part.ts'
import { lastWords } from '../../src/probe/process.ts'
import { jlinkList, probeRsList, pyocdList } from '../../src/probe/tools/lists.ts'
import { bytesIn, partIn, serialsIn, taskEnd } from '../../src/probe/tools/nrfutil-messages.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { scaled } from '../support/scale.ts'
import { probeBench } from './chip/bench.ts'
import { testApplication } from './chip/programs.ts'

const runs = { numRuns: scaled(20_000, 200) }

/** Text with the words in it that these programs print, whole and broken. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        '{"type":"task_end","data":',
        '{"type":"task_end","data":{"result":"fail","error":null}}',
        '{"type":"task_end","data":{"data":{"memoryData":[null]}}}',
        '[0]: x -- 1366:1015:1 (y)',
        'J-Link[0]: Connection: USB, Serial number: 683281753, ProductName: J-Link',
        '{"boards":[null]}',
      ),
    ),
  )
  .map((parts) => parts.join('\n'))

test('whatever a program prints is read without an exception', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const end = taskEnd(text)
      for (const data of [end, end?.data]) {
        partIn(data)
        serialsIn(data)
        bytesIn(data, { from: 0, to: 4 })
      }
      for (const list of [jlinkList, probeRsList, pyocdList]) list(text)
      expect(lastWords(text).length).toBeLessThanOrEqual(600)
    }),
    runs,
  )
})

test('bytes are taken only where all of them are there, in their order, and each is one', () => {
  const stretch = { from: 0x1000, to: 0x1004 }
  const part = (startAddress: string, values: unknown): unknown => ({ startAddress, values })
  const read = (...memoryData: unknown[]): unknown => bytesIn({ memoryData }, stretch)
  const whole = { ok: true, value: Uint8Array.of(1, 2, 3, 4) }
  expect(read(part('0x1000', [1, 2, 3, 4]))).toEqual(whole)
  expect(read(part('1000', [1, 2]), part('1002', [3, 4]))).toEqual(whole)
  for (const wrong of [
    [part('0x1000', [1, 2, 3])],
    [part('0x1000', [1, 2, 3, 256])],
    [part('0x1000', [1, 2, 3, '4'])],
    [part('0x1000', [1, 2]), part('0x1000', [3, 4])],
    [part('0x1000', [1, 2, 3, 4, 5])],
    [part('0x1000', [0x0403_0201])],
  ])
    expect(read(...wrong)).toMatchObject({ ok: false, refusal: { kind: 'garbled' } })
})

test('a list is read as the data of its task, as an info message, and with both', () => {
  const devices = [{ serialNumber: '000683281753' }, { serialNumber: null }]
  const info = JSON.stringify({ type: 'info', data: { devices } })
  const end = (data: object): string => JSON.stringify({ type: 'task_end', data: { result: 'success', ...data } })
  for (const out of [
    info,
    end({ data: { devices } }),
    `${info}\n${end({})}`,
    `${info}\n${end({ data: { devices } })}\n`,
  ])
    expect(serialsIn(taskEnd(out)?.data)).toEqual({ ok: true, value: ['000683281753'] })
})

test('a program that cannot be started, one that says too much, and one that says nothing it should', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-tool-'))
  const surroundings = { env: { PATH: folder }, folder }
  const asked = async (text: string): Promise<unknown> => {
    writeFileSync(join(folder, 'nrfutil'), text, { mode: 0o755 })
    return findTools(surroundings)[0]?.at('1').identify()
  }
  // What is no program of this machine is given to a shell, which does not know it either.
  expect(await asked('\u007fELF of another machine')).toMatchObject({ refusal: { kind: 'failed', exit: 127 } })
  expect(await asked('#!/nowhere/at/all\n')).toMatchObject({ refusal: { kind: 'absent' } })
  expect(await asked('#!/bin/sh\nwhile :; do echo 0123456789012345678901234567890123456789; done\n')).toMatchObject({
    refusal: { kind: 'garbled', why: 'it printed too much' },
  })
  expect(await asked('#!/bin/sh\necho all is well\n')).toMatchObject({ refusal: { kind: 'garbled' } })
  expect(await asked('#!/bin/sh\necho no, never >&2\nexit 9\n')).toEqual({
    ok: false,
    refusal: { kind: 'failed', exit: 9, words: 'no, never' },
  })
  rmSync(folder, { recursive: true })
})

test.runIf(process.platform === 'linux')(
  'a program has a process group of its own: a Ctrl-C on the terminal is not for it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sectag-tool-'))
    const script =
      '#!/bin/sh\nread -r pid name state parent group rest </proc/$$/stat\necho "$pid $group" >&2\nexit 9\n'
    writeFileSync(join(folder, 'nrfutil'), script, { mode: 0o755 })
    const asked = await findTools({ env: { PATH: folder }, folder })[0]
      ?.at('1')
      .identify()
    const [pid, group] = asked?.ok === false && asked.refusal.kind === 'failed' ? asked.refusal.words.split(' ') : []
    expect(pid).toMatch(/^\d+$/)
    expect(group).toBe(pid)
    rmSync(folder, { recursive: true })
  },
)

test('a chip of another series is not taken for an nRF91', () => {
  const words = new Uint8Array(factoryWords.to - factoryWords.from)
  new DataView(words.buffer).setUint32(0, 0x52840, true)
  expect(chipOf(words)).toMatchObject({ ok: false, refusal: { kind: 'garbled', words: 'part 0x52840' } })
})

const real = findProgram('pyocd', 'SECTAG_PYOCD')
const bench = probeBench(['pyocd'])
afterAll(bench.clear)

// A second opinion: every command line that the adapter made is given to the real program, which finds no such probe.
needs('pyocd', real !== undefined)('the real pyOCD understands every command line that its adapter makes', async () => {
  const serial = 'sectag-no-such-probe'
  const chip = bench.chip()
  bench.plug(serial, chip)
  const folder = bench.folder
  const [tool] = findTools({ env: { ...process.env, ...bench.env, PATH: `${folder}/bin` }, folder })
  const hex = `${folder}/image.hex`
  writeFileSync(hex, testApplication('lamp'))
  const probe = tool?.at(serial)
  await tool?.probes()
  await probe?.identify()
  await probe?.program(hex)
  await probe?.erase({ from: 0x2b000, to: 0x2c000 })
  await probe?.reset()
  await probe?.recover()
  const lines = bench.calls()
  expect(lines).toHaveLength(6)
  for (const line of lines) {
    const [, ...args] = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
    expect(answerOf(args)).toMatch(args[0] === 'json' ? /"boards"/ : /No connected debug probe matches unique ID/)
  }
})

function answerOf(args: readonly string[]): string {
  try {
    return output(real ?? '', args)
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout)
  }
}
