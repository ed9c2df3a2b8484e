import type { Settled } from '../plan/index.ts'
import { credentialType, type Slot, slotKey } from '../terms/index.ts'
import type { OfTag } from './home/known.ts'
import type { SeenSession } from './home/sessions.ts'

/**
 * The slots of which sessions speak. In a full handshake a board shows its certificates and signs with its key: of both it
 * is known how they were then. Of any other text that is wanted a session says nothing: the board may do without it, or use
 * another. Where nothing is wanted but that the slot stays as it is, being filled is all there is to know.
 */
export function spokenOf(settled: Settled, certificates: readonly OfTag[], sessions: readonly SeenSession[]): Slot[] {
  return settled.wanted.filter((want) => {
    const shown = sessions.find(({ fingerprint }) =>
      certificates.some((of) => of.tag === want.tag && of.fingerprint === fingerprint),
    )
    if (shown !== undefined && want.type === credentialType.privateKey) return true
    if (shown !== undefined && want.type === credentialType.clientCertificate) return wholeChain(settled, want, shown)
    return want.source === 'existing' && want.variants === undefined
  })
}

/** A board that sends its leaf and not what belongs behind it gets in wherever the broker has the rest itself. */
function wholeChain(settled: Settled, slot: Slot, { issuers = [] }: SeenSession): boolean {
  const [, ...behind] = settled.materials.get(slotKey(slot))?.certificates ?? []
  if (issuers === 'needed') return behind.length <= 1 && behind.every(({ subject, issuer }) => subject !== issuer)
  return behind.every(({ fingerprint }) => issuers.includes(fingerprint))
}
