/**
 * A TLS 1.2 client that behaves as the modem's does: its suites, its limits, its alerts. It exists because `node:tls` sends
 * no alert when it distrusts a server, and because a modem refuses things that Node would take. It protects nothing: it
 * takes no care of timing, keeps keys in plain memory, and must never be used for anything but simulation.
 *
 * A handshake is a generator (`handshake.ts`, from `server-part.ts` and `client-part.ts`) that yields what it wants done;
 * only `session.ts` and `dial.ts` touch sockets. It resumes by session id where the modem has a session cache (OPEN-13), and
 * never renegotiates.
 */
export { alert } from './alert.ts'
export type { DialOrder } from './dial.ts'
export { connectTcp, dial } from './dial.ts'
export type { TlsFailure, TlsReason, TlsStage } from './failure.ts'
export type { TlsMaterial } from '../../virtual/index.ts'
export type { TlsProfile } from './profile.ts'
export { cbcProfile, gcmProfile } from './profile.ts'
export type { TlsConnection, TlsEnding } from './session.ts'
