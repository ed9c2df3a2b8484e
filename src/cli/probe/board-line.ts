import { jobWords } from '../job.ts'
import type { ListedBoard } from './boards-file.ts'

/** A word as `shellWord` writes it. */
const word = /(?:'[^']*'|\\'|[^\s'\\])+/g

/** The options that say which boards are meant. */
const which = /^'?--(?:probe|boards)(=|$)/

/** The command line for some of its boards: their probes where it names those, and where it names a list, what that has of the board. */
export function lineOf(line: string, boards: readonly [ListedBoard, ...ListedBoard[]], cwd: string): string {
  const words = line.match(word) ?? []
  const isList = words.some((one) => /^'?--boards/.test(one))
  const job = isList ? ` ${jobWords(boards[0].job, cwd)}` : ''
  const named = `--probe ${(isList ? boards.slice(0, 1) : boards).map(({ probe }) => probe).join(',')}${job}`
  const first = words.findIndex((one) => which.test(one))
  return words
    .flatMap((one, at) => {
      if (at === first) return [named]
      return which.test(one) || which.exec(words[at - 1] ?? '')?.[1] === '' ? [] : [one]
    })
    .join(' ')
}
