import { expect, test } from 'vitest'
import type { Bytes } from '../../../src/terms/index.ts'
import { AtHost, memoryModelOf, type Personality, personalities, VirtualModem } from '../../../src/virtual/index.ts'
import { memoryCable } from '../../../src/at/index.ts'
import { heldIn } from '../../oracle/memory.ts'
import { type Desk, desk } from '../../support/cli.ts'
import { fastClock } from '../../support/clock.ts'
import { figure } from '../../support/figures.ts'
import { freshPaper, type Paper, paper } from '../../support/paper.ts'
import { sampled } from '../../support/scale.ts'
import { flags, port, tag } from '../../support/workbench.ts'

type Found = 'old' | 'new' | 'damaged' | 'nothing'

const textsOf = ({ ca, certificate, key }: Paper): string[] => [ca, certificate, key]
const writes = (texts: readonly string[]): string[] => texts.map((text, type) => `AT%CMNG=0,${tag},${type},"${text}"`)

const clock = fastClock()

function modemWith(line: Personality, image?: Bytes): VirtualModem {
  const memory = image === undefined ? {} : { image }
  return new VirtualModem({ personality: line, clock, seed: 'cut', memory })
}

/** What the bytes say of each of the three slots. */
function found(line: Personality, image: Bytes, before: readonly string[], after: readonly string[]): Found[] {
  const held = heldIn(image, memoryModelOf(line))
  return before.map((old, type) => {
    const text = held.get(`${tag}/${type}`)?.toString('latin1')
    if (text === undefined) return 'nothing'
    return text === old ? 'old' : text === after[type] ? 'new' : 'damaged'
  })
}

/** What `sectag verify` says of each slot. */
async function told(bench: Desk, modem: VirtualModem): Promise<string[]> {
  const host = new AtHost(modem, { clock })
  bench.boards.set('test:board', () => {
    const cable = memoryCable()
    void host.serve(cable.modem)
    return cable.host
  })
  const ran = await bench.run(['verify', ...port, ...flags, '--json'])
  return [0, 1, 2].map((type) => {
    const event = ran.events.find(
      (event) => event['type'] === 'slot' && (event['slot'] as { type: number }).type === type,
    )
    return String(event?.['is'])
  })
}

/** What verify may say where the bytes hold this. A line that shows no digests shows presence only, but for a CA, which is read back. */
function saying(line: Personality, is: Found, type: number): string {
  if (is === 'nothing') return 'missing'
  if (line.digests === 'placeholder' && type !== 0) return 'unknowable'
  return is === 'new' ? 'same' : 'differs'
}

/** What a cut may leave, by the line's memory model. */
function mayLeave(line: Personality): Found[] {
  const { strikesFirst, checksContent } = memoryModelOf(line)
  return [
    'old',
    'new',
    ...(strikesFirst ? (['nothing'] as const) : []),
    ...(checksContent ? [] : (['damaged'] as const)),
  ]
}

const hour = 3_600_000

test.each(personalities)(
  'mfw $name: power cut at every byte of a write sequence leaves what its memory model says, and verify says which',
  { timeout: hour },
  async (line) => {
    const [now, other] = [await paper(), await freshPaper('old')]
    const [before, after] = [textsOf(other), textsOf(now)]
    const start = modemWith(line)
    for (const command of writes(before)) expect(start.execute(command).text).toBe('OK\r\n')
    const image = start.store.image()
    const whole = modemWith(line, image)
    for (const command of writes(after)) whole.execute(command)
    const bytes = whole.store.image().length - image.length
    // The first forty bytes always: there the old item is struck out and the new one begun.
    const every = Array.from({ length: bytes + 1 }, (_, at) => at)
    const offsets = [...new Set([...every.slice(0, 40), ...sampled(every, 30)])]
    const counts: Record<Found, number> = { old: 0, new: 0, damaged: 0, nothing: 0 }
    let wrong = 0
    const bench = desk(clock)
    bench.file('root.crt', now.ca)
    bench.file('board.crt', now.certificate)
    bench.file('board.key', now.key)
    for (const offset of offsets) {
      const modem = modemWith(line, image)
      modem.cutPower(offset)
      for (const command of writes(after)) modem.execute(command)
      modem.restart()
      const is = found(line, modem.store.image(), before, after)
      for (const [type, one] of is.entries()) {
        counts[one]++
        expect(mayLeave(line), `cut after ${offset} bytes, type ${type}`).toContain(one)
      }
      const says = await told(bench, modem)
      if (JSON.stringify(says) !== JSON.stringify(is.map((one, type) => saying(line, one, type)))) wrong++
    }
    bench.clear()
    figure(`power-cut-at-every-byte-${line.name}`, { mfw: line.name, bytes, cuts: offsets.length, ...counts, wrong })
    expect(wrong).toBe(0)
    for (const one of mayLeave(line)) expect(counts[one], one).toBeGreaterThan(0)
  },
)
