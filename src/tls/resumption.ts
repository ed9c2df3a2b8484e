import { hearFinished, sayFinished } from './client-part.ts'
import type { Agreed, Steps, Talk } from './steps.ts'
import type { ResumableSession } from '../virtual/index.ts'

/** Goes on with an earlier session (RFC 5246 §7.3, figure 2): the server's Finished comes first, and no certificate at all. Gives the suite's name. */
export function* resume(talk: Talk, agreed: Agreed, { master }: ResumableSession): Steps<string> {
  const heard = yield* hearFinished(talk, agreed, master, 'finished')
  if (heard.ok) yield* sayFinished(talk, agreed, master)
  return heard
}
