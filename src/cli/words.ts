import { modeName } from '../numbers/index.ts'
import type { Held, Left } from '../modem/index.ts'
import type { Problem, SlotState } from '../plan/index.ts'
import { slotKey, typeName } from '../terms/index.ts'
import type { Look, Output } from './output.ts'
import { table } from './table.ts'

const stateLooks: Record<SlotState['is'], Look> = {
  same: 'strong',
  differs: 'bad',
  missing: 'bad',
  unwanted: 'bad',
  unknowable: 'unknown',
}

function stateWords(state: SlotState): string {
  if (state.is === 'same') return `same (${state.variant})`
  return state.is === 'unknowable' ? `unknowable: ${state.why}` : state.is
}

/** Tells the state of each slot, and for a plan what comes next. */
export function tellStates(output: Output, states: readonly SlotState[], next?: ReadonlyMap<string, string>): void {
  const rows = states.map((state) => {
    const step = next === undefined ? [] : [next.get(slotKey(state)) ?? '-']
    return [String(state.tag), String(state.type), typeName(state.type), ...step, stateWords(state)]
  })
  const head = ['TAG', 'TYPE', 'NAME', ...(next === undefined ? [] : ['STEP']), 'NOW']
  for (const state of states) {
    const step = next?.get(slotKey(state))
    const { tag, type, ...rest } = state
    output.event('slot', { slot: { tag, type }, name: typeName(type), ...rest, ...(step !== undefined && { step }) })
  }
  if (rows.length > 0) output.say(coloured(output, table(head, rows), states))
}

function coloured(output: Output, text: string, states: readonly SlotState[]): string {
  const [head = '', ...lines] = text.split('\n')
  const body = lines.map((line, index) => {
    const state = states[index]
    return state === undefined ? line : output.look(stateLooks[state.is], line)
  })
  return [output.look('dim', head), ...body].join('\n')
}

/** Tells what a modem holds. */
export function tellHeld(output: Output, held: readonly Held[]): void {
  for (const { tag, type, digest } of held) output.event('held', { slot: { tag, type }, name: typeName(type), digest })
  const rows = held.map(({ tag, type, digest }) => [
    String(tag),
    String(type),
    typeName(type),
    digest.kind === 'placeholder' ? 'no digest: this firmware shows only that the slot is filled' : digest.hex,
  ])
  const words = held.length === 0 ? 'The board holds nothing there.' : table(['TAG', 'TYPE', 'NAME', 'SHA-256'], rows)
  output.say(words)
}

/** Tells what there is to say about the user's input. A single error is left to the failure that follows. */
export function tellProblems(output: Output, problems: readonly Problem[]): void {
  const alone = problems.filter((problem) => problem.severity === 'error').length === 1
  for (const problem of problems) {
    if (problem.severity === 'error' && alone && output.mode !== 'json') continue
    const { severity, code, where, text, next } = problem
    const look: Look = severity === 'error' ? 'bad' : severity === 'warning' ? 'unknown' : 'dim'
    const hint = next === undefined ? '' : `\n         ${next}`
    const words = `${output.lookErr(look, severity.padEnd(7))}  ${where}: ${text}${hint}`
    output.notice(code, `${where}: ${text}`, { severity, where, next }, words)
  }
}

/** How the board was left, in a sentence. */
export function leftWords(left: Left): string {
  if (left.asFound) {
    const mode = left.state === undefined ? '' : `: CFUN ${modeName(left.state.functionalMode)}`
    return `The modem is as it was found${mode}.`
  }
  const now = left.state === undefined ? 'it does not answer' : `CFUN is ${modeName(left.state.functionalMode)}`
  return `The modem could NOT be given back as found: ${now}.`
}
