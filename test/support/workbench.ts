import { desk, type Desk } from './cli.ts'
import { testBoard, type TestBoard, type TestBoardOptions } from './board.ts'
import { fastClock } from './clock.ts'
import { type Paper, paper } from './paper.ts'

/** A desk with one board on it, `--port test:board`, and the usual files. */
export interface Workbench extends Desk {
  readonly board: TestBoard
  readonly paper: Paper
  /** Switches the radio on and waits until the board is registered. */
  active(): Promise<void>
}

export const tag = 16_842_753
export const port = ['--port', 'test:board']
/** The flags that name the usual files. */
export const flags = ['--tag', String(tag), '--ca', 'root.crt', '--cert', 'board.crt', '--key', 'board.key']

/** Makes one. */
export async function workbench(options: TestBoardOptions = {}): Promise<Workbench> {
  const clock = fastClock()
  const board = testBoard({ ...options, clock })
  const bench = desk(clock)
  bench.boards.set('test:board', () => board.plug().port)
  const files = await paper()
  bench.file('root.crt', files.ca)
  bench.file('board.crt', files.certificate)
  bench.file('board.key', files.key)
  bench.file(
    'manifest.yaml',
    `sectag: 1\ntags:\n  - tag: ${tag}\n    ca: root.crt\n    certificate: board.crt\n    key: board.key\n`,
  )
  bench.file(
    'desktop.json',
    JSON.stringify({ caCert: files.ca, clientCert: files.certificate, privateKey: files.key, secTag: tag }),
  )
  const active = async (): Promise<void> => {
    board.modem.execute('AT+CFUN=1')
    await clock.sleep(5000)
  }
  return { ...bench, board, paper: files, active }
}

/** What the board's memory holds of the user's, as text by slot. */
export function memory(bench: { board: Pick<TestBoard, 'modem'> }): Record<string, string> {
  const items = bench.board.modem.store.items().filter((item) => item.origin === 'written')
  return Object.fromEntries(
    items.map((item) => [`${item.tag}/${item.type}`, Buffer.from(item.content).toString('latin1')]),
  )
}

/** The memory after the usual files were written. */
export function full({ ca, certificate, key }: Paper): Record<string, string> {
  return { [`${tag}/0`]: ca, [`${tag}/1`]: certificate, [`${tag}/2`]: key }
}
