import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Entry, parseTranscript, splitLines } from '../../src/at/index.ts'
import { seededRandom } from '../../src/terms/index.ts'
import { personality, SmsCentre, VirtualModem } from '../../src/virtual/index.ts'
import { fastClock } from '../support/clock.ts'

const folder = new URL('../transcripts/', import.meta.url)
/** What a program in front of the modem answers is no dialogue of the modem. */
const inFront = /^# through: /m
const names = readdirSync(folder).filter(
  (name) => name.endsWith('.at') && !inFront.test(readFileSync(new URL(name, folder), 'utf8')),
)
const read = (name: string): Entry[] => parseTranscript(readFileSync(new URL(name, folder), 'utf8'))

/** What a remark orders: `# replay: mfw=1.3.5 imei=…` names the modem, `# world: …` what happens to it. */
function order(entry: Entry, word: 'replay' | 'world' | 'elided'): string | undefined {
  if (entry.direction !== '#') return undefined
  return new RegExp(`^${word}: (.*)$`, 's').exec(entry.text)?.[1]
}

function modemOf(entries: readonly Entry[], clock: ReturnType<typeof fastClock>): VirtualModem {
  const words = entries.flatMap((entry) => order(entry, 'replay') ?? [])[0] ?? ''
  const given = new Map(words.split(' ').map((word) => word.split('=') as [string, string]))
  const line = personality(given.get('mfw') ?? '', given.get('chip'))
  if (line === undefined) throw new Error(`no personality for "${words}"`)
  // A switch that stands otherwise there than we have it, because the report says so.
  const switches = [...given].flatMap(([name, value]) =>
    name in line ? [[name, value === 'true' ? true : value]] : [],
  )
  const identity = Object.fromEntries([...given].filter(([name]) => !(name in line) && name !== 'mfw'))
  const modem = new VirtualModem({ personality: { ...line, ...Object.fromEntries(switches) }, clock, identity })
  // A network has a centre that takes what is sent.
  new SmsCentre({ clock, random: seededRandom('transcripts') }).joinModem('+4790000001', modem.sms)
  return modem
}

async function happen(modem: VirtualModem, clock: ReturnType<typeof fastClock>, what: string): Promise<void> {
  const [word = '', value = ''] = what.split(' ')
  if (word === 'wait') await clock.sleep(Number(value))
  else if (word === 'supply') modem.state.supply = Number(value)
  else if (word === 'lose') modem.store.lose(Number(value))
  else expect(modem.execute(what).text, what).toBe('OK\r\n')
}

/** Signatures, nonces and what is each modem's own cannot be alike: their place, their length and their alphabet are. */
function shape(line: string): string {
  return line
    .replace(/^(%[A-Z]+: ")([\w-]{60,})\.([\w-]{100,})"$/, (_, head: string, body: string, cose: string) => {
      return `${head}${Math.round(body.length / 8)} eights.${cose.length}"`
    })
    .replace(/^(%JWT: ")([\w-]+)\.([\w-]+)\.([\w-]+)"$/, (_, head: string, ...parts: string[]) => {
      return `${head}${parts
        .slice(0, 3)
        .map((part) => part.length)
        .join('.')}"`
    })
    .replace(/^(%CMNG: 429496729[24],\d+,")[0-9A-F]{64}"$/, '$1a digest"')
}

/** Whether the lines are those expected, where some may be left out at the marked places. */
function fits(expected: readonly (string | undefined)[], came: readonly string[]): boolean {
  const [first, ...others] = expected
  if (expected.length === 0) return came.length === 0
  if (first !== undefined)
    return came[0] !== undefined && shape(first) === shape(came[0]) && fits(others, came.slice(1))
  return Array.from({ length: came.length + 1 }, (_, skip) => skip).some((skip) => fits(others, came.slice(skip)))
}

test.each(names)('%s says which modem fits it', (name) => {
  expect(read(name).some((entry) => order(entry, 'replay') !== undefined)).toBe(true)
})

test.each(names)('%s replays line for line', async (name) => {
  const clock = fastClock()
  const entries = read(name)
  const modem = modemOf(entries, clock)
  let came: string[] = []
  let said = ''
  let expected: (string | undefined)[] = []
  const compare = (): void => {
    if (!fits(expected, came)) expect(came, said).toEqual(expected)
  }
  for (const entry of entries) {
    const world = order(entry, 'world')
    if (world !== undefined) await happen(modem, clock, world)
    if (order(entry, 'elided') !== undefined) expected.push(undefined)
    if (entry.direction === '<') expected.push(entry.text)
    if (entry.direction !== '>') continue
    compare()
    said = entry.text
    came = splitLines(modem.execute(said).text)
    expected = []
  }
  compare()
})
