import { setImmediate as turn } from 'node:timers/promises'
import { type Bytes, type Clock, type Random, seededRandom, utf8, virtualClock } from '../../src/terms/index.ts'
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
import type { BrokerPaper } from '../support/paper.ts'

/** The security tag that is provisioned. */
export const tag = 16_842_753

/** What the memory holds before. */
export type Before = 'empty' | 'same' | 'old' | 'part'

/** How many commands a fault may let pass: a clean run and the verification behind it have at least so many. */
function commandsOf({ digests }: Personality, kind: FaultKind, before: Before): number {
  if (before === 'same' && digests === 'real') return 8
  return ['power-cut', 'brown-out', 'full'].includes(kind) ? 20 : 30
}

/** One proving run before it begins: all of it follows from the seed. */
export interface Setting {
  readonly line: Personality
  readonly kind: FaultKind
  readonly from: number
  readonly before: Before
  readonly active: boolean
  readonly modem: VirtualModem
  readonly host: AtHost
  readonly fault: PutFault
  /** The memory as it was listed since the last time this was asked: what a listing says is judged by that, not by what came later. */
  readonly listed: () => Listed
  readonly clock: Clock
}

/** The texts of types 0, 1 and 2 that are wanted, and others that may be there before. */
export interface Papers {
  readonly wanted: BrokerPaper
  readonly old: BrokerPaper
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
  const from = random.below(commandsOf(line, kind, before))
  const active = random.below(2) === 0
  const modem = new VirtualModem({ personality: line, clock, seed })
  fill(modem, before, papers, random)
  if (active) modem.execute('AT+CFUN=1')
  if (random.below(2) === 0) modem.execute('AT+CMEE=1')
  if (random.below(2) === 0) modem.execute('AT+CEREG=2')
  const fault = putFault(modem, { kind, seed, from })
  const host = new AtHost(modem, { clock })
  return { line, kind, from, before, active, modem, host, fault, listed: watchListings(modem), clock }
}

/** The memory when it was last listed, and when it was last listed before anything was written. */
export interface Listed {
  readonly planned: Bytes
  readonly last: Bytes
}

function watchListings(modem: VirtualModem): () => Listed {
  let [planned, last] = [modem.store.image(), modem.store.image()]
  let wrote = false
  modem.inFront((text, answer) => {
    wrote ||= /^AT%CMNG=[03]/.test(text)
    const reply = answer()
    if (text.startsWith('AT%CMNG=1')) last = modem.store.image()
    if (!wrote) planned = last
    return reply
  })
  return () => {
    wrote = false
    return { planned, last }
  }
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
