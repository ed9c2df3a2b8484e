import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LineSplitter, Reading, textEvidence, verdictOf } from '../src/doctor/index.ts'
import { utf8 } from '../src/terms/index.ts'
import { scale } from '../test/support/scale.ts'
import type { Figure } from './run.ts'

/** Bytes in all: a gigabyte at full scale. A smaller run says so by its own count. */
const wanted = Number(process.env['SECTAG_BENCH_BYTES'] ?? 2 ** 30 * scale)
const longLine = 100 * 2 ** 20

/** What a board prints on a quiet day: noise of the kind that logs are full of, in about the lengths that they have. */
const quietDay = Array.from({ length: 2000 }, (_, index) => {
  const stamp = `[00:${String(index % 60).padStart(2, '0')}:07.${String(index % 1000).padStart(3, '0')},000]`
  const lines = [
    `${stamp} <inf> sensor: temperature ${20 + (index % 9)}.5 humidity ${40 + (index % 7)}`,
    `${stamp} <dbg> ui_module.led_update: pattern ${index % 5} step ${index % 11} of 12`,
    `${stamp} <inf> app: published ${100 + (index % 400)} bytes to fleet/${index % 50}/state`,
    `${stamp} <inf> gnss: satellites ${index % 12}, in fix ${index % 8}, PDOP 2.${index % 10}`,
    `${stamp} <inf> watchdog: fed, next in 30 s`,
  ]
  return lines[index % lines.length] ?? ''
})

const needles = [
  '[00:10:00.000,000] <err> app: mqtt_connect failed, error -45\n',
  'AT%CMNG=1,42\nOK\n',
  '*** Booting Zephyr OS build v2.4.99-ncs1 ***\n',
]

/** MiB that are alive after the garbage is collected: what reading really keeps, where RSS shows what V8 did not yet give back. */
function alive(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** A gigabyte of log with three needles, in one pass. */
export async function measure(): Promise<Figure[]> {
  const block = utf8(`${quietDay.join('\n')}\n`)
  const blocks = Math.max(8, Math.ceil(wanted / block.length))
  const reading = new Reading(textEvidence('log', ''))
  const splitter = new LineSplitter((line) => reading.line(line))
  let most = 0
  let aliveEarly = 0
  const started = performance.now()
  for (let count = 0; count < blocks; count++) {
    splitter.bytes(block)
    const needle = needles[[1, 2, 3].findIndex((quarter) => count === Math.floor((blocks * quarter) / 4))]
    if (needle !== undefined) splitter.bytes(utf8(needle))
    most = Math.max(most, process.memoryUsage.rss())
    if (count === Math.floor(blocks / 16)) aliveEarly = alive()
  }
  const aliveAtEnd = alive()
  splitter.end()
  const read = reading.end()
  const seconds = (performance.now() - started) / 1000
  const found = new Set(read.facts.map(({ kind }) => kind))
  const verdict = verdictOf([read])
  return [
    { what: 'log read', value: (blocks * block.length) / 2 ** 20, unit: 'MiB' },
    { what: 'lines', value: read.lines, unit: '' },
    { what: 'lines a second', value: read.lines / seconds, unit: '/s' },
    { what: 'MiB a second', value: (blocks * block.length) / 2 ** 20 / seconds, unit: 'MiB/s' },
    {
      what: 'needles found, of 3',
      value: ['failure', 'listing', 'sdk'].filter((kind) => found.has(kind as 'sdk')).length,
      unit: '',
    },
    {
      what: `share of ${verdict.causes[0]?.cause ?? 'no cause'}`,
      value: verdict.causes[0]?.probability ?? 0,
      unit: '',
    },
    { what: 'memory at most', value: most / 2 ** 20, unit: 'MiB' },
    { what: 'heap alive after a sixteenth', value: aliveEarly, unit: 'MiB' },
    { what: 'heap alive at the end', value: aliveAtEnd, unit: 'MiB' },
    ...oneLongLine(),
  ]
}

/** A line of 100 MB, and what stands behind it. */
function oneLongLine(): Figure[] {
  const reading = new Reading(textEvidence('log', ''))
  const splitter = new LineSplitter((line) => reading.line(line))
  const before = process.memoryUsage.rss()
  const part = utf8('A'.repeat(2 ** 20))
  let most = 0
  for (let at = 0; at < longLine; at += part.length) {
    splitter.bytes(part)
    most = Math.max(most, process.memoryUsage.rss())
  }
  splitter.bytes(utf8('\n%XSIM: 0,9\n'))
  splitter.end()
  const behind = reading.end().facts.length
  return [
    { what: 'a line of 100 MB: memory more at most', value: Math.max(0, most - before) / 2 ** 20, unit: 'MiB' },
    { what: 'a line of 100 MB: facts behind it', value: behind, unit: '' },
  ]
}
