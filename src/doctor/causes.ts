import type { Cause, CauseEntry, CauseGroup } from './cause.ts'
import { brokerCauses } from './causes/broker.ts'
import { networkCauses } from './causes/network.ts'
import { platformCauses } from './causes/platform.ts'
import { storeCauses } from './causes/store.ts'
import { tlsCauses } from './causes/tls.ts'

/** Every cause that a verdict may name, from the store to the air. */
export const causes: readonly CauseEntry[] = [
  ...storeCauses,
  ...tlsCauses,
  ...brokerCauses,
  ...networkCauses,
  ...platformCauses,
]

const byName = new Map<Cause, CauseEntry>(causes.map((entry) => [entry.cause, entry]))

/** The entry of a cause. */
export function causeEntry(cause: Cause): CauseEntry {
  const entry = byName.get(cause)
  // Each name of the type stands in the table; a test counts them.
  if (entry === undefined) throw new RangeError(`there is no entry for ${cause}`)
  return entry
}

/** What a group is called. */
export const groupNames: Readonly<Record<CauseGroup, string>> = {
  store: "the device's credential store",
  tls: 'TLS, between the two',
  broker: 'the broker',
  network: 'network and SIM',
  platform: 'the device around the modem',
  none: 'no cause',
}
