import type { BrokerDriver, Sessions } from './driver.ts'
import { type Gate, publishOn, type Shelf } from './publish.ts'

/** What this computer has of a Mosquitto: the gate to it, its `crlfile`, and who ends its sessions. */
export interface MosquittoOrder {
  readonly gate: Gate
  /** Puts the text at `crlfile` whole or not at all, readable for the broker, and sends SIGHUP. */
  readonly shelf: Shelf
  readonly sessions: Sessions
}

/**
 * Mosquitto 2. SIGHUP reads `crlfile` anew for connections from then on and leaves live sessions alone (REV-01, REV-02); a
 * file that it cannot read makes it forget all revocations (REV-04), so it is never believed: a certificate of the list
 * must be refused.
 */
export function mosquittoDriver({ gate, shelf, sessions }: MosquittoOrder): BrokerDriver {
  return { name: 'mosquitto', publish: (crl) => publishOn(shelf, gate, crl), ...sessions }
}
