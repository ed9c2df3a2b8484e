import type { PeerCertificate } from 'node:tls'
import { hex, rehearsalPrefix } from '../terms/index.ts'
import { type Handshaken, hasRunOut, shakeHands } from './host-tls.ts'
import { speaksPlainMqtt } from './plain-mqtt.ts'
import { openSession } from './host-mqtt.ts'
import type { Obstacle, RehearsalOrder } from './rehearsal-order.ts'

/** What a rehearsal showed. `reached` an MQTT session: grade `rehearsed`, which says nothing of what any modem holds. */
export interface Rehearsal {
  readonly reached: boolean
  readonly obstacle?: Obstacle
  /** What the stack said, for whoever wants it. */
  readonly detail?: string
  /** The TLS alert that the server sent. */
  readonly alert?: number
  readonly server?: { readonly subject: string; readonly issuer: string; readonly notAfter: string }
  readonly clientId: string
}

/**
 * Connects from the host as a board would: TLS 1.2, the modem's suites, the same files. Never with a board's client id nor
 * its session: the id is its own and the session is clean. Publishes nothing, unless a topic is named.
 */
export async function rehearse(order: RehearsalOrder): Promise<Rehearsal> {
  const clientId = `${rehearsalPrefix}${hex(order.random.bytes(4))}`
  const shaken = await shakeHands(order)
  if (!shaken.ok) {
    const silentEnd = shaken.obstacle === 'not-tls' || shaken.obstacle === 'other'
    const plain = silentEnd && (await speaksPlainMqtt(order.host, order.port, clientId, order.timeoutMs))
    const { ok: _, ...rest } = shaken
    return { reached: false, clientId, ...rest, ...(plain && { obstacle: 'plain-port' as const }) }
  }
  return withSession(order, clientId, shaken)
}

async function withSession(
  order: RehearsalOrder,
  clientId: string,
  { socket, certificate }: Handshaken,
): Promise<Rehearsal> {
  const server = serverOf(certificate)
  const session = await openSession(socket, {
    clientId,
    timeoutMs: order.timeoutMs,
    ...(order.topic !== undefined && { topic: order.topic }),
  })
  socket.destroy()
  if (session.ok) return { reached: true, clientId, server }
  const obstacle = session.obstacle === 'not-authorised' ? (ofOurs(order) ?? session.obstacle) : session.obstacle
  return { reached: false, clientId, server, obstacle, detail: session.detail }
}

function serverOf(certificate: PeerCertificate): NonNullable<Rehearsal['server']> {
  const name = (of: PeerCertificate['subject']): string => String(of?.CN ?? of?.O ?? '')
  return { subject: name(certificate.subject), issuer: name(certificate.issuer), notAfter: certificate.valid_to }
}

/** What is wrong with our own certificate, which a broker that refuses in MQTT cannot tell. */
function ofOurs(order: RehearsalOrder): Obstacle | undefined {
  if (order.chain === undefined) return 'client-certificate-missing'
  return hasRunOut(order) ? 'client-certificate-expired' : undefined
}
