import { ok } from '../../terms/index.ts'
import type { EmbeddedBroker } from '../embedded.ts'
import type { BrokerDriver } from './driver.ts'
import { type Gate, publishOn } from './publish.ts'

/** The embedded broker, which has its sessions in hand: a list is in force for the next handshake, and who is in it is cut by certificate. */
export function embeddedDriver(broker: EmbeddedBroker, gate: Gate): BrokerDriver {
  const shelf = {
    read: () => broker.revocations,
    load: (pem: string | undefined) => Promise.resolve(broker.revoke(pem)),
  }
  return {
    name: 'embedded',
    publish: (crl) => publishOn(shelf, gate, crl),
    sessions: () => Promise.resolve(ok(broker.sessions())),
    endSessions: ({ fingerprint }) => Promise.resolve(ok({ ended: broker.endSessions(fingerprint) })),
  }
}
