import { setImmediate as turn } from 'node:timers/promises'
import { type Clock, type Random, seededRandom, utf8, virtualClock } from '../../src/terms/index.ts'
import {
  AtHost,
  type FaultKind,
  faultKinds,
  type Personality,
  type PutFault,
  personalities,
  putFault,
  VirtualModem,
} from '../../src/virtual/index.ts'
import type { TestAuthority } from '../support/authority.ts'
import type { BrokerPaper } from '../support/paper.ts'
import { type Watch, watch } from './watch.ts'

/** The security tag that is provisioned. */
export const tag = 16_842_753

/** What the memory holds before. */
export type Before = 'empty' | 'same' | 'old' | 'part'

/** Where key and certificate come from: files, or a key that is born in the modem and certified by an authority. */
export type Way = 'host' | 'born'

/** How many commands a fault may let pass: a clean run and the verification behind it, to its last command, have at least so many. */
function commandsOf({ digests }: Personality, way: Way, kind: FaultKind, before: Before): number {
  const writing = ['power-cut', 'brown-out', 'full'].includes(kind)
  if (way === 'host' && before === 'same' && digests === 'real') return 8
  if (writing) return way === 'born' ? 26 : 20
  return 37 + (digests === 'placeholder' ? 4 : 0) + (way === 'born' ? 8 : 0)
}

/** One proving run before it begins: all of it follows from the seed. */
export interface Setting {
  readonly line: Personality
  readonly kind: FaultKind
  readonly from: number
  readonly before: Before
  readonly way: Way
  readonly active: boolean
  readonly modem: VirtualModem
  readonly host: AtHost
  readonly fault: PutFault
  readonly watch: Watch
  readonly clock: Clock
}

/** The texts of types 0, 1 and 2 that are wanted, others that may be there before, and who certifies born keys. */
export interface Papers {
  readonly wanted: BrokerPaper
  readonly old: BrokerPaper
  readonly authority: TestAuthority
}

/** The three texts of a set. */
export function textsOf({ root, board }: BrokerPaper): string[] {
  return [root, board.chain, board.key]
}

/** A clock that jumps when nothing else goes on, from now: certificates are judged by the real date. */
export function quickClock(): Clock {
  return virtualClock(Date.now(), async () => {
    for (let turns = 0; turns < 4; turns++) await turn()
  })
}

/** Makes the setting of a seed. `clock` is given where time is real. */
export function makeSetting(seed: string, papers: Papers, clock = quickClock()): Setting {
  const random = seededRandom(`prove/${seed}`)
  const line = oneOf(random, personalities)
  const kind = oneOf(random, [...faultKinds.keys()])
  const before = oneOf(random, ['empty', 'same', 'old', 'part'] as const)
  const way = line.bornKeys !== undefined && random.below(4) === 0 ? 'born' : 'host'
  const from = random.below(commandsOf(line, way, kind, before))
  const active = random.below(2) === 0
  const modem = new VirtualModem({ personality: line, clock, seed })
  fill(modem, before, papers, random)
  if (active) modem.execute('AT+CFUN=1')
  if (random.below(2) === 0) modem.execute('AT+CMEE=1')
  if (random.below(2) === 0) modem.execute('AT+CEREG=2')
  const fault = putFault(modem, { kind, seed, from })
  const host = new AtHost(modem, { clock })
  return { line, kind, from, before, way, active, modem, host, fault, watch: watch(modem, tag), clock }
}

function oneOf<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T
}

function fill(modem: VirtualModem, before: Before, { wanted, old }: Papers, random: Random): void {
  if (before === 'empty') return
  const texts = textsOf(before === 'old' ? old : wanted)
  const left = before === 'part' ? random.below(3) : undefined
  for (const [type, text] of texts.entries()) if (type !== left) modem.store.put({ tag, type }, utf8(text))
}
