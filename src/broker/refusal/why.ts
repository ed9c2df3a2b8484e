import type { Instant } from '../../terms/index.ts'
import type { Direction, HandshakeView } from '../tls/handshake.ts'
import { type BrokerFiles, readShown } from './broker-files.ts'
import { type ClientCase, clientFinding } from './client-findings.ts'
import { decide } from './decide.ts'
import { isSignedByItsKey } from './key-use.ts'
import type { RefusalReason, Refused } from './reason.ts'
import { chainDetail, type ServerCase, serverFinding } from './server-findings.ts'

/** What each alert of a broker can mean, in the order in which OpenSSL looks (BRK-02 to BRK-08). */
const ofBroker: Readonly<Record<number, readonly RefusalReason[]>> = {
  42: ['client-weak-key', 'crl-unusable', 'client-not-yet-valid', 'broker-differs'],
  43: ['client-wrong-use'],
  44: ['client-revoked'],
  45: ['crl-stale', 'client-expired', 'ca-expired', 'broker-differs'],
  46: ['client-unknown-ca', 'client-wrong-use'],
  48: ['client-unknown-ca', 'client-chain-too-long', 'crl-unusable'],
  50: ['client-unreadable', 'other'],
  51: ['client-unknown-ca', 'crl-unusable', 'client-key-mismatch'],
  70: ['protocol-version'],
  112: ['name-not-served'],
  116: ['no-client-certificate'],
}

/** What each alert of a device can mean. Whoever looks at names or dates has taken the length of the chain before. */
const ofDevice: Readonly<Record<number, readonly RefusalReason[]>> = {
  22: ['server-chain-too-long', 'other'],
  40: ['server-chain-too-long', 'client-gave-up'],
  42: ['server-not-yet-valid', 'server-name-mismatch', 'server-chain-too-long', 'server-bad-certificate'],
  45: ['server-expired', 'device-clock', 'device-ca-expired'],
  46: ['server-expired', 'server-name-mismatch', 'server-chain-too-long', 'server-bad-certificate'],
  48: ['server-unknown-ca'],
  70: ['protocol-version'],
}

/** What else is known, beside the handshake itself. */
export interface Circumstances {
  readonly files: BrokerFiles
  readonly now: Instant
}

/** Why a handshake that was seen came to nothing: by its alert, by what was shown in clear, and by the broker's own files. */
export function whyRefused(view: HandshakeView, endedBy: Direction, known: Circumstances): Refused {
  const { alert } = view
  if (!view.tls) return { by: 'broker', reason: 'not-tls' }
  // close_notify and user_canceled say that somebody went, and not why.
  if (alert === undefined || alert.code === 0 || alert.code === 90) return leftBy(view, endedBy, known)
  const judged = alert.by === 'broker' ? byBroker(view, alert.code, known) : byDevice(view, alert.code, known)
  return { by: alert.by, ...judged, alert: alert.code }
}

type Judged = Pick<Refused, 'reason' | 'candidates' | 'detail'>

function byBroker(view: HandshakeView, alert: number, known: Circumstances): Judged {
  // Whoever said hello has a suite in common; what is missing then is the certificate (BRK-01).
  if (alert === 40 && view.serverHello === undefined) return { reason: 'no-common-suite' }
  if (alert === 40) return { reason: view.clientChain?.length === 0 ? 'no-client-certificate' : 'other' }
  const client = clientCase(view, known)
  return decide(ofBroker[alert] ?? ['other'], (reason) => clientFinding(reason, client))
}

function clientCase(view: HandshakeView, { files, now }: Circumstances): ClientCase {
  const signed = isSignedByItsKey(view)
  return { shown: readShown(view.clientChain ?? []), files, now, ...(signed !== undefined && { signed }) }
}

function byDevice(view: HandshakeView, alert: number, known: Circumstances): Judged {
  const server = serverCase(view, known)
  const candidates = view.serverHello === undefined ? undefined : ofDevice[alert]
  const judged = decide(candidates ?? [alert === 70 ? 'protocol-version' : 'other'], (reason) =>
    serverFinding(reason, server),
  )
  const detail = judged.reason === 'server-chain-too-long' ? chainDetail(server) : nameDetail(judged.reason, server)
  return { ...judged, ...(detail !== undefined && { detail }) }
}

function serverCase({ serverChain, clientHello }: HandshakeView, { now }: Circumstances): ServerCase {
  const bytes = serverChain.reduce((sum, der) => sum + der.length, 0)
  const name = clientHello?.name
  return { shown: readShown(serverChain), bytes, now, ...(name !== undefined && { name }) }
}

function nameDetail(reason: RefusalReason, { shown, name }: ServerCase): string | undefined {
  if (reason !== 'server-name-mismatch' || name === undefined) return undefined
  return `it asked for ${name}; the broker's certificate is for ${shown[0]?.subjectAltName ?? 'no name'}`
}

/** Somebody went without a word. A chain that no modem takes is a likely reason, and a lost line is another. */
function leftBy(view: HandshakeView, by: Direction, known: Circumstances): Refused {
  const server = serverCase(view, known)
  const detail = chainDetail(server)
  if (by === 'broker' || detail === undefined || view.clientChain !== undefined) return { by, reason: 'left' }
  return { by, reason: 'undecided', candidates: ['server-chain-too-long', 'left'], detail }
}
