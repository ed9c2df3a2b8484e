import { type Outcome, ok } from '../terms/index.ts'
import { answer, hearFinished, sayFinished } from './client-part.ts'
import type { TlsFailure } from './failure.ts'
import { resume } from './resumption.ts'
import { agree, hearServer } from './server-part.ts'
import type { Agreed, HandshakeOrder, Steps, Talk } from './steps.ts'

/** What a handshake has come to. */
export interface Shaken {
  /** OpenSSL's name of the cipher suite. */
  readonly suite: string
  /** Whether it went on with an earlier session: then no certificate was shown and no key was used. */
  readonly resumed: boolean
}

/** The whole handshake of a TLS 1.2 client (RFC 5246 §7.3), from the first hello to the last Finished. */
export function* shakeHands(order: HandshakeOrder): Steps<Shaken> {
  const talk: Talk = { order, transcript: [] }
  const agreed = yield* agree(talk)
  const shaken = agreed.ok ? yield* goOn(talk, agreed.value) : agreed
  if (!shaken.ok) order.sessions?.forget()
  return shaken
}

function* goOn(talk: Talk, agreed: Agreed): Steps<Shaken> {
  const { resumes } = agreed
  const suite = resumes === undefined ? yield* inFull(talk, agreed) : yield* resume(talk, agreed, resumes)
  return suite.ok ? ok({ suite: suite.value, resumed: resumes !== undefined }) : suite
}

function* inFull(talk: Talk, agreed: Agreed): Steps<string> {
  const server = yield* hearServer(talk, agreed)
  if (!server.ok) return server
  const master = yield* answer(talk, agreed, server.value)
  if (!master.ok) return master
  yield* sayFinished(talk, agreed, master.value)
  const stage = server.value.asked === undefined ? 'finished' : 'client-certificate'
  const suite: Outcome<string, TlsFailure> = yield* hearFinished(talk, agreed, master.value, stage)
  const { session: id, extended } = agreed
  if (suite.ok && id.length > 0)
    talk.order.sessions?.keep({ id, suite: agreed.suite.id, master: master.value, extended })
  return suite
}
