import { judge, type SlotState } from '../plan/index.ts'
import { type Proof, typeName } from '../terms/index.ts'
import type { Failure } from './failure.ts'
import { silentOn, unknowableWhy, verdictWords } from './judged-words.ts'
import type { Looked } from './look.ts'
import type { Ending, Output } from './output.ts'
import { reachableByListing } from './reachable.ts'

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
