import type { VirtualBoardOptions } from '../../src/board/index.ts'
import type { VirtualModem } from '../../src/virtual/index.ts'
import { type MosquittoFiles, type RunningMosquitto, startMosquitto } from '../support/mosquitto.ts'
import type { TlsPaper } from '../support/tls-paper.ts'
import { type Bench, benchBoard, type Texts } from '../support/virtual-board.ts'
import type { Piece, Setting } from './dossier.ts'

/** Where one trouble is acted: a board of this setting, brokers, and what is put away afterwards. */
export class Stage {
  readonly setting: Setting
  readonly paper: TlsPaper
  readonly #ends: (() => Promise<unknown>)[] = []

  constructor(setting: Setting, paper: TlsPaper) {
    this.setting = setting
    this.paper = paper
  }

  /** What a board that was provisioned rightly holds. */
  get good(): Texts {
    const { root, board } = this.paper
    return { root: root.pem, chain: board.pem, key: board.key }
  }

  /** A board; it tries again soon, so that its log says the same thing more than once, as logs do. */
  board(port: number, texts: Texts, options: Partial<VirtualBoardOptions> = {}): Bench {
    const { mfw, sdk, libc } = this.setting
    const retry = { first: 1000, factor: 1, most: 1000 }
    const bench = benchBoard(port, texts, { mfw, sdk, libc, retry, ...options })
    this.#ends.push(() => bench.board.halt())
    return bench
  }

  /** A broker that trusts the good root, unless it is told otherwise. */
  async broker(files: Partial<MosquittoFiles> = {}): Promise<RunningMosquitto> {
    const { root, server } = this.paper
    const running = await startMosquitto({ ca: root.pem, chain: server.pem, key: server.key, ...files })
    let stopped = false
    const stop = async (): Promise<void> => {
      if (!stopped) await running.stop()
      stopped = true
    }
    this.#ends.push(stop)
    return { ...running, stop }
  }

  /** Puts something away when the act is over. */
  finally(end: () => Promise<unknown>): void {
    this.#ends.push(end)
  }

  async close(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end()
  }
}

/** Times that a board says what its trouble is before the curtain falls. */
const often = 3

/** Switches a board on, and waits until it has said this a few times. */
export async function suffers({ board }: Bench, pattern: RegExp, times = often): Promise<void> {
  await board.boot()
  let count = 0
  for await (const line of board.follow()) if (pattern.test(line) && ++count === times) return
}

/** Its log so far. */
export function logOf({ board }: Bench, name = 'device.log'): Piece {
  return { name, kind: 'log', text: board.log.join('\n') }
}

/** The log of its broker so far, once it has this line. */
export async function brokerLog(broker: RunningMosquitto, pattern: RegExp): Promise<Piece> {
  await broker.says(pattern)
  return { name: 'mosquitto.log', kind: 'broker', text: broker.lines().join('\n') }
}

/** Commands typed over a cable, with what came back, as a terminal shows it. */
export function cable(modem: VirtualModem, commands: readonly string[]): Piece {
  const said = commands.map((command) => `${command}\n${plain(modem.execute(command).text)}`)
  return { name: 'terminal.txt', kind: 'cable', text: said.join('\n') }
}

/** The same by SMS: a blank reply is a lone `<`. The board is on, and has a network. */
export async function bySms(bench: Bench, commands: readonly string[]): Promise<Piece> {
  const lines: string[] = []
  for (const command of commands) {
    const before = bench.sent.length
    await bench.board.receiveSms(command)
    const replies = bench.sent.slice(before).map(({ text }) => plain(text))
    lines.push(`> ${command}`, ...replies.flatMap((reply) => reply.split('\n').map((line) => `< ${line}`.trimEnd())))
  }
  return { name: 'sms.txt', kind: 'sms', text: lines.join('\n') }
}

function plain(answer: string): string {
  return answer
    .split(/[\r\n]+/)
    .filter((line) => line !== '')
    .join('\n')
}

/** What somebody wrote into the ticket. */
export function note(text: string): Piece {
  return { name: 'ticket.txt', kind: 'note', text }
}
