import { hasErrors, type Limit, type Problem, type Settled } from '../../plan/index.ts'
import { longestItem } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import { readWanted, wrongWanted } from '../wanted.ts'
import { tellProblems } from '../words.ts'
import type { ListedBoard } from './boards-file.ts'

/** What is wanted of a board. */
export interface Wanted {
  readonly board: ListedBoard
  readonly settled: Settled
}

/** Reads the files of all boards; what there is to say of them is told with its rows, and what many of them share is told once. */
export async function settleAll(
  context: Context,
  output: Output,
  typed: Typed,
  boards: readonly ListedBoard[],
): Promise<readonly Wanted[] | Ending> {
  const all: Wanted[] = []
  const found: Found[] = []
  for (const board of boards) {
    const { settled, problems } = await readWanted(context, output, typed, board.job, writerLimit)
    found.push(...problems.map((problem) => ({ problem: inRow(problem, board.row), place: problem.where })))
    if (settled !== undefined) all.push({ board, settled })
  }
  const problems = onceEach(found)
  tellProblems(output, problems)
  return hasErrors(problems) ? wrongWanted(typed, problems) : all
}

/** No AT host takes part: the writer's table has the limit (PROBE-09). */
const writerLimit: Limit = (_, bytes) =>
  bytes <= longestItem
    ? undefined
    : `${bytes - longestItem} bytes too long: it has ${bytes}, and a writer takes ${longestItem}`

/** A problem of a board in a list is in its row, where nobody typed a flag. A line of a manifest says more than the row. */
function inRow(problem: Problem, row: string | undefined): Problem {
  if (row === undefined || /:\d+(?: |$)/.test(problem.where)) return problem
  const { next, ...rest } = problem
  const where = `${row} (${problem.where.replace(/^(?:--|the )/, '')})`
  // Without one of its own, the row is what is to be mended: its files are named from the folder of the list.
  return { ...rest, where, ...(next !== undefined && problem.code !== 'no-file' && { next }) }
}

/** A problem, and the place where it is whichever the row: a column, a file. */
interface Found {
  readonly problem: Problem
  readonly place: string
}

/** What is said of several boards in the same words. An error is told of each, because each is to be mended. */
function onceEach(found: readonly Found[]): Problem[] {
  const groups = Map.groupBy(found, ({ problem: { severity, code, where, text }, place }) =>
    JSON.stringify([severity, code, text, severity === 'error' ? where : place]),
  )
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return []
    const others = new Set(more.map(({ problem }) => problem.where))
    others.delete(first.problem.where)
    const where = `${first.problem.where}${others.size === 0 ? '' : ` and ${others.size} more`}`
    return [{ ...first.problem, where }]
  })
}
