import { readMosquittoLine, saysStarted, sessionOver } from '../mosquitto-log.ts'

/** A session as Mosquitto's log tells of it. */
export interface LoggedSession {
  readonly clientId: string
  readonly peer: string
  /** The certificate's common name (`use_identity_as_username`) or subject (`use_subject_as_username`). */
  readonly username?: string
}

/** What a log says of the sessions that are up. */
export interface LoggedSessions {
  readonly up: readonly LoggedSession[]
  /** The session under the client id that was asked for, up or over; undefined where the log does not tell of it. */
  readonly mark?: LoggedSession
  /** Whether the log reaches back to the broker's start; else there may be sessions that it does not tell of. */
  readonly whole: boolean
}

/** Reads a log from its first line to its last. Memory grows with the sessions that are up, not with the log. */
export async function readSessions(lines: AsyncIterable<string>, markId?: string): Promise<LoggedSessions> {
  const up = new Map<string, LoggedSession>()
  let whole = false
  let mark: LoggedSession | undefined
  for await (const line of lines) {
    if (saysStarted(line)) {
      up.clear()
      whole = true
      continue
    }
    const said = readMosquittoLine(line)
    if (said?.kind === 'session') {
      const { clientId, host, port, username } = said
      const session = { clientId, peer: `${host}:${port}`, ...(username !== undefined && { username }) }
      up.set(clientId, session)
      if (clientId === markId) mark = session
      continue
    }
    const over = sessionOver(line, (clientId) => up.has(clientId))
    if (over !== undefined) up.delete(over)
  }
  return { up: [...up.values()], whole, ...(mark !== undefined && { mark }) }
}
