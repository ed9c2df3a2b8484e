import { type Bytes, type Instant, type Outcome, ok, refused } from '../terms/index.ts'
import { type Alert, alert } from './alert.ts'
import type { RecordCipher } from './cipher.ts'
import type { TlsFailure, TlsReason, TlsStage } from './failure.ts'
import { type Incoming, type Message, messageType } from './incoming.ts'
import type { ReadMaterial } from './material.ts'
import { formatMessage } from './message.ts'
import type { Randoms } from './prf.ts'
import type { TlsProfile } from './profile.ts'
import { contentType } from './record.ts'
import type { ResumableSession } from '../virtual/index.ts'
import type { CipherSuite } from './suite.ts'

/** What a handshake needs to be told. */
export interface HandshakeOrder {
  readonly profile: TlsProfile
  readonly material: ReadMaterial
  /** 32 bytes that differ each time. */
  readonly random: Bytes
  /** The name that the server is asked for, and checked against where the profile says so. */
  readonly name?: string
  /** What the modem's clock says; left out while it has none. */
  readonly now?: Instant
  /** Where the modem has a session cache: the session to go on with, if there is one, and who keeps a new one. */
  readonly sessions?: SessionMemory
}

/** One server's place in a session cache. */
export interface SessionMemory {
  readonly offer?: ResumableSession
  keep(session: ResumableSession): void
  /** What was offered has led to a failure. */
  forget(): void
}

/** What the handshake wants done next. Sockets stay outside. */
export type Action =
  | { readonly do: 'send'; readonly type: number; readonly content: Bytes }
  | { readonly do: 'protect-writing' | 'protect-reading'; readonly cipher: RecordCipher }
  | { readonly do: 'receive' }

/** A part of the handshake as steps: it yields what it wants done, and is handed what came in. */
export type Steps<T> = Generator<Action, Outcome<T, TlsFailure>, Incoming>

/** What every part knows. */
export interface Talk {
  readonly order: HandshakeOrder
  /** All handshake messages so far, both directions. */
  readonly transcript: Bytes[]
}

/** What both hellos have settled. */
export interface Agreed {
  readonly suite: CipherSuite
  readonly randoms: Randoms
  /** What the server calls this session; empty where it cannot be gone on with. */
  readonly session: Bytes
  /** The earlier session that this goes on with. */
  readonly resumes?: ResumableSession
  /** Whether the master secret is bound to the handshake (RFC 7627). */
  readonly extended: boolean
}

/** The end of a handshake that failed here, and what the server is told. */
export function fail(stage: TlsStage, reason: TlsReason, sentAlert?: Alert): Outcome<never, TlsFailure> {
  return refused({ stage, reason, ...(sentAlert !== undefined && { sentAlert }) })
}

/** Sends a handshake message. */
export function* say(talk: Talk, type: number, body: Uint8Array): Generator<Action, void, Incoming> {
  const content = formatMessage(type, body)
  talk.transcript.push(content)
  yield { do: 'send', type: contentType.handshake, content }
}

/** Waits for what is neither an alert that only warns nor an invitation to begin anew. */
export function* hear(stage: TlsStage): Steps<Incoming> {
  for (;;) {
    const incoming = yield { do: 'receive' }
    if (incoming.is === 'broken') return fail(stage, incoming.reason, incoming.alert)
    if (incoming.is === 'alert' && (incoming.fatal || incoming.number === alert.closeNotify))
      return refused({ stage, reason: 'alert', receivedAlert: incoming.number })
    const skipped = incoming.is === 'alert' || (incoming.is === 'message' && incoming.type === messageType.helloRequest)
    if (!skipped) return ok(incoming)
  }
}

/** Waits for a handshake message of one of these types; any other ends the handshake. */
export function* hearMessage(talk: Talk, stage: TlsStage, ...types: readonly number[]): Steps<Message> {
  const incoming = yield* hear(stage)
  if (!incoming.ok) return incoming
  const message = incoming.value
  if (message.is !== 'message' || !types.includes(message.type))
    return fail(stage, 'unexpected-message', alert.unexpectedMessage)
  talk.transcript.push(message.raw)
  return ok(message)
}
