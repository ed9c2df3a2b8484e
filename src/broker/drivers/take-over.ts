import { hex, type Outcome, ok, refused, rehearsalPrefix } from '../../terms/index.ts'
import { openSession } from '../host-mqtt.ts'
import { shakeHands } from '../host-tls.ts'
import type { DriverProblem, LiveSession, Sessions, Who } from './driver.ts'
import { type LoggedSession, type LoggedSessions, readSessions } from './log-sessions.ts'
import type { Gate } from './publish.ts'

/** What is needed to end a session from outside of a broker. */
export interface LogSource {
  readonly gate: Pick<Gate, 'clock' | 'random' | 'door' | 'trials'>
  /** The broker's log as it stands now, from its first line to its last; throws what the system throws. */
  log(): AsyncIterable<string>
  /** Whether no other certificate that is good bears this subject: the log knows a session by nothing else. */
  alone(who: Who): boolean
  /** End the sessions of others with this name too; they come back at once. */
  readonly namesakes?: boolean
}

/** Milliseconds for one session to be taken over. */
const patience = 10_000
/** Milliseconds between looks at a log that does not tell yet. */
const pause = 100
/** A board may have come in once more by a handshake that began before the list was loaded. */
const rounds = 5

/**
 * Sessions of Mosquitto, found in its log by the certificate's name and ended by taking their client ids over for a moment
 * (MQTT 3.1.1, 3.1.4-2): the broker closes the older connection. Needs `use_identity_as_username` (or the subject's), and
 * a log that tells of connections and reaches back to the broker's start. The board's will is published, as at any cut.
 */
export function sessionsByLog(source: LogSource): Sessions {
  return {
    async sessions() {
      const logged = await read(source)
      return logged.ok ? ok(logged.value.up.map(asLive)) : logged
    },
    endSessions: (who) => endAll(source, who),
  }
}

/** Ends them until none is left; those of namesakes come back with a certificate that is good, so they are ended once. */
async function endAll(source: LogSource, who: Who): Promise<Outcome<{ ended: number }, DriverProblem>> {
  const shared = !source.alone(who)
  let ended = 0
  for (let round = 0; round < rounds; round++) {
    const logged = await read(source)
    if (!logged.ok) return refused({ ...logged.refusal, state: stillUp(ended) })
    const mine = logged.value.up.filter((session) => isOf(session, who))
    if (mine.length === 0 || (shared && round > 0)) return whole(logged.value, who, ended)
    if (shared && source.namesakes !== true) return refused(namesake(who, mine))
    for (const { clientId } of mine) {
      const failed = await takeOver(source.gate, clientId)
      if (failed !== undefined) return notEnded(`${clientId} could not be taken over: ${failed}`, ended)
      ended++
    }
  }
  return notEnded(`${who.subject} comes back each time`, ended)
}

function notEnded(text: string, ended: number): { ok: false; refusal: DriverProblem } {
  return refused({ code: 'not-ended', text, state: stillUp(ended) })
}

/**
 * The log, when it tells of a session that is opened for this: it is this broker's, it is not late, and it tells of
 * sessions and of whose they are. Everything that was before stands in front of it.
 */
async function read(source: LogSource): Promise<Outcome<LoggedSessions, DriverProblem>> {
  const { clock, random } = source.gate
  const mark = `${rehearsalPrefix}${hex(random.bytes(8))}`
  const failed = await takeOver(source.gate, mark)
  if (failed !== undefined) return cannotTell(`no session could be opened to see it in the log: ${failed}`)
  try {
    const begun = clock.now()
    for (;;) {
      const logged = await readSessions(source.log(), mark)
      if (logged.mark?.username !== undefined) return ok(logged)
      if (logged.mark !== undefined) return cannotTell(namelessWords)
      if (clock.now() - begun > patience) return cannotTell(lateWords)
      await clock.sleep(pause)
    }
  } catch (error) {
    return cannotTell((error as Error).message)
  }
}

const namelessWords = "the broker's log names no certificates: use_identity_as_username is not set"
const lateWords =
  "the log does not tell of a session that was just opened: it is another broker's, is written late, or leaves out connections"

function cannotTell(text: string): { ok: false; refusal: DriverProblem } {
  return refused({ code: 'cannot-tell', text, state: stillUp(0) })
}

function whole({ whole }: LoggedSessions, who: Who, ended: number): Outcome<{ ended: number }, DriverProblem> {
  if (whole) return ok({ ended })
  const text = `the broker's log does not reach back to its start: a session of ${who.subject} may stand in an older one`
  return refused({ code: 'cannot-tell', text, state: stillUp(ended) })
}

function namesake({ subject }: Who, mine: readonly LoggedSession[]): DriverProblem {
  const ids = mine.map(({ clientId }) => clientId).join(', ')
  const text = `another certificate that is good bears ${subject}, and the log tells the sessions of ${ids} by that name only`
  return { code: 'namesake', text, state: stillUp(0) }
}

function stillUp(ended: number): string {
  return `${ended} sessions were ended; one that is still up stays up until its connection is cut`
}

function isOf({ username }: LoggedSession, { subject }: Who): boolean {
  return username !== undefined && (username === subject || username === commonNameOf(subject))
}

/** Of `CN=a\, b, O=c` the name: `a, b`. */
function commonNameOf(subject: string): string | undefined {
  return /(?:^|, ?)CN=((?:\\.|[^,\\])*)/.exec(subject)?.[1]?.replaceAll(/\\(.)/g, '$1')
}

function asLive({ clientId, peer, username }: LoggedSession): LiveSession {
  return { clientId, peer, ...(username !== undefined && { subject: username }) }
}

/** Opens a clean session under a client id and ends it; what stood in the way, or undefined. */
async function takeOver(
  { door, trials, clock, random }: LogSource['gate'],
  clientId: string,
): Promise<string | undefined> {
  const { chain, key } = trials.healthy
  const shaken = await shakeHands({ ...door, chain, key, timeoutMs: patience, random, now: clock.now() })
  if (!shaken.ok) return `${shaken.obstacle}: ${shaken.detail}`
  const session = await openSession(shaken.socket, { clientId, timeoutMs: patience })
  shaken.socket.end()
  return session.ok ? undefined : session.detail
}
