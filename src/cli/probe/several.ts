import type { ProbeRun } from '../../probe/index.ts'
import type { Exit } from '../exit-codes.ts'
import type { Ending, Output } from '../output.ts'
import { lineOf } from './board-line.ts'
import type { ListedBoard } from './boards-file.ts'
import { rttLine, watchLine } from './more-proof.ts'

/** The words for a board that was written, and how to learn more of it; undefined where it was not. */
export function tellSuccess(output: Output, run: ProbeRun, exit: Exit, whose: string): string | undefined {
  if (run.answer !== 0 || run.imei === undefined || run.failed !== undefined || exit > 1) return undefined
  const count = run.slots.length
  return [
    `${output.look('strong', 'PRESENCE')}  The modem with IMEI ${run.imei} has taken ${count} of ${count} items, by the writer's word. Whether the board connects is ${output.look('unknown', 'UNKNOWN')}: no session of it was seen since.`,
    `PASS takes the board's own session at its broker: ${watchLine(whose, run.imei)}`,
    `A listing takes a cable, or an application with an AT host on RTT, while JLinkExe is connected: ${rttLine}`,
  ].join('\n')
}

/** One line a probe, in the order in which they were named, and the ending of them all: the code that they share, else partly done. */
export function tellSeveral(output: Output, all: readonly (readonly [ListedBoard, Ending])[], line: string): Ending {
  for (const [{ probe }, { exit, failure, more }] of all) {
    const word = exit === 0 ? output.look('strong', 'PRESENCE') : output.look('bad', `exit ${exit}`)
    const rest = failure === undefined ? `IMEI ${String(more?.['imei'])}` : partsOf(failure)
    output.say(`${probe}  ${word}  ${rest}`)
  }
  const exits = new Set(all.map(([, { exit }]) => exit))
  const done = all.filter(([, { exit }]) => exit === 0).length
  const [first = 0] = exits
  const exit: Exit = exits.size === 1 ? first : 7
  const more = { boards: all.length, done }
  if (exit === 0) return { exit, proof: 'presence', verdict: 'UNKNOWN', more }
  const left = all.filter(([, { exit }]) => exit !== 0).map(([board]) => board)
  const be = (count: number): string => `${count} ${count === 1 ? 'is' : 'are'}`
  return {
    exit,
    more,
    failure: {
      what: `of ${all.length} boards ${be(left.length)} not done: ${left.map(({ probe }) => probe).join(', ')}`,
      state: `${be(done)} done; how each of the others stands is told above`,
      why: 'each has a reason of its own, above',
      // Boards that are done are left alone: writing one anew is no repair of another.
      next: `${left.length === all.length ? line : lineOf(line, left)}   # or what each of them names above`,
    },
  }
}

function partsOf({ what, state, why, next }: NonNullable<Ending['failure']>): string {
  return `${what}\n    state  ${state}\n    why    ${why}\n    next   ${next}`
}
