import { type Judgement, type SlotState, unproven } from '../plan/index.ts'
import { isoTime, slotName } from '../terms/index.ts'
import type { SeenSession } from './home/sessions.ts'
import type { Output } from './output.ts'
import type { SessionProof } from './session-proof.ts'

/** PASS with the session that the broker saw; else the grade where it was asked for and is reached; UNKNOWN where more was asked for; FAIL where something is wrong. */
export function verdictWords(
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
export function unknowableWhy(states: readonly SlotState[]): string {
  return [...new Set(states.flatMap((state) => (state.is === 'unknowable' ? [state.why] : [])))].join('; ')
}

/** Of what a session that was seen says nothing. */
export function silentOn(states: readonly SlotState[], session: Extract<SessionProof, { proven: true }>): string {
  return `That says nothing of ${unproven(states, session.slots).map(slotName).join(' and ')}`
}

function sessionWords(sessions: readonly SeenSession[]): string {
  const words = sessions.map(({ session, subject, clientId }) => {
    const id = clientId === undefined ? '' : `, client id ${clientId}`
    return `The broker accepted its session at ${isoTime(session)} (${subject}${id}).`
  })
  return words.join(' ')
}
