/**
 * A TLS 1.2 client that behaves as the modem's does: its suites, its limits, its alerts. It exists because `node:tls` sends
 * no alert when it distrusts a server, and because a modem refuses things that Node would take. Virtual boards connect with
 * it, and a broker is checked with it. It protects nothing: it takes no care of timing and keeps keys in plain memory, so
 * nothing secret may ever be sent through it.
 *
 * A handshake is a generator (`handshake.ts`, from `server-part.ts` and `client-part.ts`) that yields what it wants done;
 * only `session.ts`, `tcp.ts`, `dial.ts` and `ask.ts` touch sockets. `ask` says one hello and hears the answer, for who wants
 * to know a server and not to use it. It resumes by session id where the modem has a session cache (OPEN-13), and never
 * renegotiates.
 */
export { alert } from './alert.ts'
export type { Asked } from './ask.ts'
export { ask } from './ask.ts'
export type { DialOrder } from './dial.ts'
export { dial } from './dial.ts'
export type { TlsFailure, TlsReason, TlsStage } from './failure.ts'
export type { Flight } from './flight.ts'
export type { HelloOffer } from './hello.ts'
export { extension, modemOffer } from './hello.ts'
export type { TlsMaterial } from '../virtual/index.ts'
export type { TlsProfile } from './profile.ts'
export { cbcProfile, gcmProfile, profileOf } from './profile.ts'
export { bears, isIssuer, isUsable } from './server-chain.ts'
export type { TlsConnection, TlsEnding } from './session.ts'
export { cipherSuite } from './suite.ts'
export type { Place } from './tcp.ts'
export { connectTcp } from './tcp.ts'
