import { type SmsMessage, VirtualBoard, type VirtualBoardOptions } from '../../src/board/index.ts'
import type { TlsMaterial } from '../../src/tls/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { type Clock, utf8 } from '../../src/terms/index.ts'
import { personality, VirtualModem } from '../../src/virtual/index.ts'

export const boardTag = 16_842_753

/** The machine's time, but waits are a fiftieth of what they should be: real sockets cannot be hurried, modems can. */
export const quickClock: Clock = {
  now: systemClock.now,
  sleep: (ms, signal) => systemClock.sleep(ms / 50, signal),
}

/** What a modem holds in a tag, straight from its memory. */
export function heldBy(modem: VirtualModem, tag: number): TlsMaterial {
  const [root, chain, key] = [0, 1, 2].map((type) => modem.store.get({ tag, type })?.content)
  return {
    roots: root === undefined ? [] : [root],
    ...(chain !== undefined && { chain }),
    ...(key !== undefined && { key }),
  }
}

/** PEM texts for a tag. */
export interface Texts {
  root?: string
  chain?: string
  key?: string
}

/** Puts texts into a modem's memory, as if they had been written long ago. */
export function fill(modem: VirtualModem, { root, chain, key }: Texts): void {
  for (const [type, text] of [root, chain, key].entries())
    if (text !== undefined) modem.store.put({ tag: boardTag, type }, utf8(text))
}

/** A virtual board with what belongs to it. */
export interface Bench {
  readonly board: VirtualBoard
  readonly modem: VirtualModem
  /** The texts of the SMS that it has sent. */
  readonly sent: SmsMessage[]
  /** Resolves with the first line of its log, from the place on that `after` gives, that matches. */
  prints(pattern: RegExp, after?: number): Promise<string>
}

/** Makes one; it is not switched on yet. */
export function benchBoard(
  port: number,
  texts: Texts,
  options: Partial<VirtualBoardOptions> & { mfw?: string } = {},
): Bench {
  const { mfw, ...rest } = options
  const line = personality(mfw ?? '2.0.2')
  if (line === undefined) throw new Error(`no personality ${mfw}`)
  const clock = rest.clock ?? quickClock
  const modem = rest.modem ?? new VirtualModem({ personality: line, clock, seed: 'board' })
  fill(modem, texts)
  const sent: SmsMessage[] = []
  const board = new VirtualBoard({
    modem,
    material: ([tag]) => heldBy(modem, tag ?? 0),
    clock,
    sdk: '1.9.1',
    libc: 'newlib',
    broker: { host: '127.0.0.1', port },
    tag: boardTag,
    clientId: 'nrf-7',
    phone: '+491700000007',
    sendSms: (message) => void sent.push(message),
    patience: 1_000_000,
    ...rest,
  })
  const prints = async (pattern: RegExp, after = 0): Promise<string> => {
    let at = 0
    for await (const text of board.follow()) if (at++ >= after && pattern.test(text)) return text
    throw new Error('a log does not end')
  }
  return { board, modem, sent, prints }
}
