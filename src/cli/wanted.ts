import type { Held } from '../modem/index.ts'
import {
  compare,
  hasErrors,
  type Judgement,
  judge,
  knowing,
  owned,
  type Settled,
  type SlotState,
  unproven,
} from '../plan/index.ts'
import { isoTime, type Outcome, ok, type Proof, slotName, typeName } from '../terms/index.ts'
import { typeRules } from '../numbers/index.ts'
import type { Board } from './board.ts'
import type { Context } from './context.ts'
import type { Failure } from './failure.ts'
import type { SeenSession } from './home/sessions.ts'
import { heldBy } from './held.ts'
import { type Job, readJob } from './job.ts'
import type { Ending, Output } from './output.ts'
import { reachableByListing } from './reachable.ts'
import { type SessionProof, sessionProof } from './session-proof.ts'
import type { Typed } from './verb.ts'
import { tellProblems } from './words.ts'

/** Reads and settles a job; an Ending where there is an error in it. Secrets are known to the output from here on. */
export async function settleJob(context: Context, output: Output, typed: Typed, job: Job): Promise<Settled | Ending> {
  const { settled, problems } = await readJob(job, context.clock.now())
  for (const material of settled?.materials.values() ?? []) {
    if (typeRules(material.slot.type).secret) output.know(material.content)
  }
  tellProblems(output, problems)
  if (settled !== undefined && !hasErrors(problems)) return settled
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  const what =
    errors.length === 1
      ? `${first?.where}: ${first?.text}`
      : `${errors.length} problems in what is wanted, listed above`
  return {
    exit: 2,
    failure: {
      what,
      state: 'no board was touched',
      why: 'what is wanted cannot be written as it is',
      next: first?.next ?? typed.line,
    },
    more: { problems: errors.length },
  }
}

/** Makes a job's secrets known to the channel, so that no transcript shows them. */
export function strikeSecrets(board: Board, settled: Settled): void {
  for (const material of settled.materials.values()) {
    if (typeRules(material.slot.type).secret) board.channel.strike(material.content)
  }
}

/** What a board shows of what is wanted: the listing, each slot's state, and whether a session proves it. */
export interface Looked {
  /** What is wanted, with what is known of this board. */
  readonly settled: Settled
  readonly held: readonly Held[]
  readonly states: readonly SlotState[]
  readonly session: SessionProof
}

/** What is wanted of this very board: where a key was born in it, the certificate that was issued for it. */
export function knownOf(board: Board, job: Settled): Settled {
  const known = board.known()
  return knowing(job, (tag) => known?.enrolled(tag)?.chain)
}

/**
 * Looks at a board.
 *
 * @param clientId the only one that counts as its own, where somebody said so
 */
export async function lookAt(board: Board, job: Settled, clientId?: string): Promise<Outcome<Looked>> {
  const settled = knownOf(board, job)
  const held = await heldBy(board, settled)
  if (!held.ok) return held
  const states = owned(compare(settled.wanted, held.value, board.known()?.baseline ?? []), settled.exclusiveTags)
  const session = sessionProof(board, settled, { states, ...(clientId !== undefined && { clientId }) })
  return ok({ settled, held: held.value, states, session })
}

/**
 * What a look proves, as the ending of a verb.
 *
 * @param again `--port` and the job, as they would be typed again
 * @param written what was done before, where this listing follows a write
 */
export function judged(output: Output, looked: Looked, asked: Proof, again: string, written?: string): Ending {
  const { held, states, session } = looked
  const judgement = judge(states, asked, session.proven ? session.slots : undefined)
  const { verdict, proof, enough } = judgement
  const same = states.filter((state) => state.is === 'same').length
  const sessions = session.proven && verdict === 'PASS' ? { sessions: session.sessions } : {}
  const reach = verdict === 'UNKNOWN' ? reachableByListing(held, states) : undefined
  const beyond = reach === undefined ? '' : `\nOn this board ${reach.words}; grade session takes \`sectag watch\`.`
  const reached = reach === undefined ? {} : { reachableByListing: reach.grade }
  output.event(
    'verdict',
    { verdict, proof, asked, enough, same, slots: states.length, ...sessions, ...reached },
    `${verdictWords(output, states, judgement, session)}${beyond}`,
  )
  if (enough) return { exit: 0, proof, verdict }
  const failure = verdict === 'FAIL' ? failed(states, again, written) : notEnough(looked, proof, asked, again, written)
  return { exit: verdict === 'FAIL' ? 5 : 1, proof, verdict, failure }
}

/** PASS with the session that the broker saw; else the grade where it was asked for and is reached; UNKNOWN where more was asked for; FAIL where something is wrong. */
function verdictWords(
  output: Output,
  states: readonly SlotState[],
  { verdict, proof, enough }: Judgement,
  session: SessionProof,
): string {
  if (verdict === 'FAIL') {
    const wrong = states.filter((state) => state.is !== 'same' && state.is !== 'unknowable').length
    return `${output.look('bad', 'FAIL')}  ${wrong} of ${states.length} slots are not as wanted.`
  }
  if (verdict === 'PASS' && session.proven)
    return `${output.look('good', 'PASS')}  ${provenWords(states)}. ${sessionWords(session.sessions)}`
  const held = heldWords(states)
  const head = enough ? output.look('strong', proof.toUpperCase()) : output.look('unknown', 'UNKNOWN')
  if (session.proven) return `${head}  ${held}. ${sessionWords(session.sessions)} ${silentOn(states, session)}.`
  return `${head}  ${held}. Whether the board connects is ${output.look('unknown', 'UNKNOWN')}: ${session.why}.`
}

/** What is known of the slots where a session has shown what the listing could not. */
function provenWords(states: readonly SlotState[]): string {
  const same = states.filter((state) => state.is === 'same').length
  const shown = states.length - same
  if (shown === 0) return `${same} of ${same} slots hold what the files say`
  const others =
    shown === 1
      ? 'of the other one the session shows how it was then'
      : `of the other ${shown} the session shows how they were then`
  return `${same} of ${states.length} slots hold what the files say; ${others}`
}

/** What the slots hold, where none is wrong, and of how many nobody can tell, and why. */
function heldWords(states: readonly SlotState[]): string {
  const same = states.filter((state) => state.is === 'same').length
  if (same === states.length) return `${same} of ${same} slots hold what the files say`
  const why = unknowableWhy(states)
  return same === 0
    ? `${states.length} of ${states.length} slots are filled; nobody can tell with what: ${why}`
    : `${same} of ${states.length} slots hold what the files say; of ${states.length - same} nobody can tell: ${why}`
}

/** Firmware that shows no digests is one reason; a key that was born inside, on any firmware, is another. */
function unknowableWhy(states: readonly SlotState[]): string {
  return [...new Set(states.flatMap((state) => (state.is === 'unknowable' ? [state.why] : [])))].join('; ')
}

/** Of what a session that was seen says nothing. */
function silentOn(states: readonly SlotState[], session: Extract<SessionProof, { proven: true }>): string {
  return `That says nothing of ${unproven(states, session.slots).map(slotName).join(' and ')}`
}

function sessionWords(sessions: readonly SeenSession[]): string {
  const words = sessions.map(({ session, subject, clientId }) => {
    const id = clientId === undefined ? '' : `, client id ${clientId}`
    return `The broker accepted its session at ${isoTime(session)} (${subject}${id}).`
  })
  return words.join(' ')
}

function failed(states: readonly SlotState[], again: string, written: string | undefined): Failure {
  const wrong = states.filter((state) => state.is === 'missing' || state.is === 'differs' || state.is === 'unwanted')
  const names = wrong.map((state) => `${state.tag}/${state.type} ${typeName(state.type)} ${state.is}`).join(', ')
  const empty = wrong.every((state) => state.is === 'missing')
  const why = empty ? 'the slots are empty: never written, or lost' : 'something else was written there'
  return {
    what: `verification failed: ${names}`,
    state: written ?? 'the board was only looked at',
    why: written === undefined ? why : 'unknown: the modem said OK and shows something else; its memory may be damaged',
    next: written === undefined ? `sectag apply ${again}` : `sectag verify ${again}`,
  }
}

function notEnough(
  { states, session }: Looked,
  proof: Proof,
  asked: Proof,
  again: string,
  written: string | undefined,
): Failure {
  const beyond = asked === 'session' || asked === 'rehearsed'
  return {
    what: `grade ${asked} was asked for, ${proof} is what a listing shows`,
    state: written ?? 'the board was only looked at; nothing is known to be wrong',
    why: beyond
      ? session.proven
        ? `a session of the board was seen. ${silentOn(states, session)}: ${unknowableWhy(states)}`
        : `that takes the board's own session at its broker, and ${session.why}`
      : unknowableWhy(states),
    next:
      beyond && !session.proven
        ? "sectag watch --help   # waits at the broker for the board's own application"
        : `sectag verify ${again} --proof ${proof}   # if that is enough`,
  }
}
