import { addressWords } from '../../probe/index.ts'
import { broken } from '../broken.ts'
import { inTurn } from '../in-turn.ts'
import type { Context } from '../context.ts'
import { DiskWatch } from '../home/disk-trouble.ts'
import type { Home } from '../home/home.ts'
import { readyHome } from '../home/home.ts'
import { shellWord } from '../shell-word.ts'
import { readAskedProof } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import type { Typed } from '../verb.ts'
import type { ListedBoard } from './boards-file.ts'
import { lineOf } from './board-line.ts'
import { mayUnlock } from './confirm.ts'
import { sweep, warnOfCutRuns } from './earlier-runs.ts'
import { endOfProbeRun, mayLie, stateOf } from './endings.ts'
import { givenOf } from './given.ts'
import { Interruption } from './interruption.ts'
import { type Ready, readyBoards } from './ready.ts'
import { type ProbeOrder, readProbeOrder } from './order.ts'
import type { Again } from './next.ts'
import { performAtProbe } from './perform.ts'
import type { ProbeTask } from './task.ts'
import { warnOfSharedKey } from './shared-key.ts'
import { stepTeller } from './tell.ts'
import { whoseSession } from './more-proof.ts'
import { tellSeveral, tellSuccess } from './several.ts'

/** Probes that are worked on at the same time: USB and a person's eyes bear not many more. */
const atOnce = 8

/** `sectag apply --probe`: writes boards that have no UART by way of debug probes. */
export async function applyByProbe(context: Context, output: Output, typed: Typed): Promise<Ending> {
  const order = readProbeOrder(context, output, typed)
  if ('exit' in order) return order
  const ready = await readyBoards(context, output, typed, order)
  if ('exit' in ready) return ready
  if (typed.options['dryRun'] === true) return tellDry(output, order, ready)
  const home = readyHome(typed.options['home'] as string | undefined, context)
  if ('exit' in home) return home
  const unswept = sweep(output, home, context.env)
  if (unswept !== undefined) return unswept
  const endings = new Map<ListedBoard, Ending>()
  const several = ready.length > 1
  const met = new Map<string, string>()
  const interruption = new Interruption(output, context.signal)
  await inTurn(ready, atOnce, async (one) => {
    const again: Again = {
      line: several ? lineOf(typed.line, [one.board]) : typed.line,
      alone: !several,
      tools: order.tools,
      pageDoubted: order.writer.pageDoubted === true,
    }
    const ending = await endOf(output, { ...one, several }, () =>
      applyAt(context, output, typed, home, { order, one, several, met, interruption, again }),
    )
    endings.set(one.board, ending)
  })
  warnOfCutRuns(output, home)
  // They end as they are done; a person looks for them in the order of the list.
  const all = ready.flatMap(({ board }) => {
    const ending = endings.get(board)
    return ending === undefined ? [] : [[board, ending] as const]
  })
  const [[, only] = []] = all
  return several || only === undefined ? tellSeveral(output, all, typed.line) : only
}

/** What is thrown for one board, before anything is done to it, must not end the others. */
async function endOf(
  output: Output,
  { board: { probe }, several }: { board: ListedBoard; several: boolean },
  work: () => Promise<Ending>,
): Promise<Ending> {
  try {
    return await work()
  } catch (error) {
    const ending = broken(error)
    const { exit, failure } = ending
    const state = failure?.state ?? 'unknown'
    output.event('probe', { probe, exit, secretMayLie: ['flash', 'file'], state, ...(several && { failure }) })
    return ending
  }
}

/** One of the boards, and what it shares with the others. */
interface Turn {
  readonly order: ProbeOrder
  readonly one: Ready
  readonly several: boolean
  readonly met: Map<string, string>
  readonly interruption: Interruption
  readonly again: Again
}

async function applyAt(
  context: Context,
  output: Output,
  typed: Typed,
  home: Home,
  { order, one, several, met, interruption, again }: Turn,
): Promise<Ending> {
  const task: ProbeTask = {
    serial: one.board.probe,
    home,
    laid: one.laid,
    given: await givenOf(one.settled),
    order,
    mayUnlock: (run) => mayUnlock(context, output, typed, run, several),
    tell: stepTeller(output, several),
    disk: new DiskWatch(),
    met,
    interruption,
  }
  const { run, unwiped } = await performAtProbe(context, task)
  if (unwiped !== undefined) output.warn('unwiped', `A file with key bytes may lie in ${unwiped}: remove that folder.`)
  warnOfSharedKey(output, home, run, task.given.keys)
  const ending = endOfProbeRun(run, readAskedProof(typed) ?? 'presence', again)
  const { exit, proof } = ending
  const { serial: probe, imei, answer } = run
  const words = several ? undefined : tellSuccess(output, run, exit, whoseSession(one.board.job, context.cwd))
  output.event(
    'probe',
    {
      probe,
      exit,
      secretMayLie: mayLie(run),
      state: stateOf(run),
      ...(proof !== undefined && { proof }),
      ...(imei !== undefined && { imei }),
      ...(answer !== undefined && { answer }),
      ...(several && ending.failure !== undefined && { failure: ending.failure }),
    },
    words,
  )
  return ending
}

/** What would be done; no board is touched, and no probe asked. */
function tellDry(output: Output, order: ProbeOrder, ready: readonly Ready[]): Ending {
  for (const { board, laid, settled } of ready) {
    const { from, to } = laid.secret
    const app = order.application === undefined ? 'what is on the chip now' : shellWord(order.application.path)
    const words = `${board.probe}: ${settled.wanted.length} to give by ${order.tool}, at ${addressWords(from)} to ${addressWords(to)}; afterwards ${app}.`
    output.event(
      'probe-plan',
      {
        probe: board.probe,
        tool: order.tool,
        slots: settled.wanted.map(({ tag, type }) => ({ tag, type })),
        secret: { from, to },
      },
      words,
    )
  }
  return { exit: 1, more: { steps: ready.length, dryRun: true } }
}
