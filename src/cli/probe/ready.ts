import type { Limit, Settled } from '../../plan/index.ts'
import { type Laid, longestItem } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { settleJob } from '../wanted.ts'
import type { ListedBoard } from './boards-file.ts'
import { givenOf } from './given.ts'
import { wrongFile } from './hex-file.ts'
import { layItems } from './lay-items.ts'
import type { ProbeOrder } from './order.ts'

/** A board with its files read and laid out. */
export interface Ready {
  readonly board: ListedBoard
  readonly settled: Settled
  readonly laid: Laid
}

/** Reads and lays out the files of all boards before any of them is touched; no key may be in two of them. */
export async function readyBoards(
  context: Context,
  output: Output,
  typed: Typed,
  order: ProbeOrder,
): Promise<readonly Ready[] | Ending> {
  const ready: Ready[] = []
  const seen = new Map<string, string>()
  for (const board of order.boards) {
    const settled = await settleJob(context, output, typed, board.job, writerLimit)
    if ('exit' in settled) return settled
    const laid = layItems(order.writer, settled, typed.line)
    if ('exit' in laid) return laid
    for (const { key } of (await givenOf(settled)).keys) {
      const other = key === undefined ? undefined : seen.get(key)
      if (other !== undefined) return sharedKey(other, board.probe)
      if (key !== undefined) seen.set(key, board.probe)
    }
    ready.push({ board, settled, laid })
  }
  return ready
}

/** No AT host takes part: the writer's table has the limit (PROBE-09). */
const writerLimit: Limit = (_, bytes) =>
  bytes <= longestItem
    ? undefined
    : `${bytes - longestItem} bytes too long: it has ${bytes}, and a writer takes ${longestItem}`

function sharedKey(one: string, other: string): Ending {
  return wrongFile(
    `the same private key would go into the boards at ${one} and ${other}`,
    'sectag apply --boards boards.csv --writer W.hex   # a line a board, with files of its own',
    'a key that several boards have names none of them, and cannot be revoked for one',
  )
}
