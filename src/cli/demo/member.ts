import { VirtualBoard, type BoardNetwork } from '../../board/index.ts'
import { makePty } from '../../port/index.ts'
import type { Clock } from '../../terms/index.ts'
import { AtHost, personality, VirtualModem } from '../../virtual/index.ts'

/** What anybody can have of a board from outside: a cable, a log, a light, a phone number. */
export interface Outside {
  readonly name: string
  readonly kind: BoardKind
  /** The path of its PTY. */
  readonly port: string
  /** Its log, from the first day on. */
  log(): readonly string[]
  /** Sends it an SMS; the reply, which may be blank, or undefined where none comes. */
  ask(text: string): Promise<string | undefined>
}

/** One board of the story. What is below {@link Outside} is its truth, which only the misfortune and the account may touch. */
export interface Member extends Outside {
  readonly modem: VirtualModem
  readonly board: VirtualBoard
  readonly network: BoardNetwork
  /** Where its application connects to; it may be moved. */
  readonly place: { host: string; port: number; name: string }
  /** How many commands changed its credentials since it was made. */
  writes(): number
  close(): Promise<void>
}

/** The two kinds of boards: an old fleet with keys from files, and a newer one with keys born in the modem. */
export type BoardKind = 'imported' | 'born'

/** What runs on each kind. */
export const builds = {
  imported: { mfw: '1.0.0', sdk: '1.0.0', libc: 'minimal' },
  born: { mfw: '1.3.5', sdk: '2.6.0', libc: 'newlib' },
} as const

/** The security tag of the founding case: the application's, in every board. */
export const storyTag = 16_842_753

/** How a board is made. */
export interface MemberOrder {
  readonly index: number
  readonly seed: string
  readonly clock: Clock
  readonly broker: { readonly host: string; readonly port: number }
}

const lineSpeed = 115_200
/** How much faster time runs for the boards: real sockets cannot be hurried, modems can. */
export const hurry = 50

/** Makes one, switched off, its PTY open. */
export function makeMember({ index, seed, clock, broker }: MemberOrder): Member {
  const kind: BoardKind = index % 2 === 0 ? 'imported' : 'born'
  const { mfw, sdk, libc } = builds[kind]
  const line = personality(mfw)
  if (line === undefined) throw new Error(`the story has lost its firmware ${mfw}`)
  const quick: Clock = { now: clock.now, sleep: (ms, signal) => clock.sleep(ms / hurry, signal) }
  const modem = new VirtualModem({ personality: line, clock: quick, seed, index })
  const written = countWrites(modem)
  const pty = makePty()
  void new AtHost(modem, { clock, baud: lineSpeed }).serve(pty.port)
  const network: BoardNetwork = { sim: 'ok' }
  const place = { ...broker, name: 'localhost' }
  const replies: string[] = []
  const board = new VirtualBoard({
    modem,
    material: (tags) => modem.tlsMaterial(tags),
    clock: quick,
    sdk,
    libc,
    broker: place,
    tag: storyTag,
    clientId: `nrf-${modem.identity.imei}`,
    phone: `+49170${String(index).padStart(7, '0')}`,
    network,
    sendSms: ({ text }) => void replies.push(text),
    // Milliseconds of the hurried clock: real sockets need real seconds.
    patience: 10_000 * hurry,
  })
  return {
    name: `board-${String(index + 1).padStart(2, '0')}`,
    kind,
    port: pty.path,
    log: () => board.log,
    async ask(text) {
      const before = replies.length
      await board.receiveSms(text)
      return replies[before]
    },
    modem,
    board,
    network,
    place,
    writes: written,
    async close() {
      await board.halt()
      pty.close()
    },
  }
}

function countWrites(modem: VirtualModem): () => number {
  let writes = 0
  modem.inFront((text, answer) => {
    const reply = answer()
    const changes = /^AT%(?:CMNG=[03],|KEYGEN=)/i.test(text)
    if (changes && reply.text.endsWith('OK\r\n')) writes++
    return reply
  })
  return () => writes
}
