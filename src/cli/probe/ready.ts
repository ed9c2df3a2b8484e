import type { Settled } from '../../plan/index.ts'
import type { Laid } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import type { ListedBoard } from './boards-file.ts'
import { givenOf } from './given.ts'
import { wrongFile } from './hex-file.ts'
import { layItems } from './lay-items.ts'
import type { ProbeOrder } from './order.ts'
import { settleAll } from './settle-all.ts'

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
  const wanted = await settleAll(context, output, typed, order.boards)
  if ('exit' in wanted) return wanted
  const ready: Ready[] = []
  const seen = new Map<string, ListedBoard>()
  for (const { board, settled } of wanted) {
    const laid = layItems(order.writer, settled, typed.line)
    if ('exit' in laid) return inRow(laid, board)
    for (const { key } of (await givenOf(settled)).keys) {
      const other = key === undefined ? undefined : seen.get(key)
      if (other !== undefined) return sharedKey(other, board)
      if (key !== undefined) seen.set(key, board)
    }
    ready.push({ board, settled, laid })
  }
  return ready
}

/** Of boards in a list, the one that it is about must be named. */
function inRow(ending: Ending, { row }: ListedBoard): Ending {
  const { failure } = ending
  if (row === undefined || failure === undefined) return ending
  return { ...ending, failure: { ...failure, what: `${row}: ${failure.what}` } }
}

function sharedKey(one: ListedBoard, other: ListedBoard): Ending {
  const place = ({ probe, row }: ListedBoard): string => (row === undefined ? probe : `${probe} (${row})`)
  const [, file, line] = /^(.+):(\d+)$/.exec(other.row ?? '') ?? []
  return wrongFile(
    `the same private key would go into the boards at ${place(one)} and ${place(other)}`,
    file === undefined
      ? 'sectag apply --boards boards.csv --writer W.hex   # a line a board, with files of its own'
      : `mend line ${line} of ${file}: a certificate and a key of its own for each board`,
    'a key that several boards have names none of them, and cannot be revoked for one',
  )
}
