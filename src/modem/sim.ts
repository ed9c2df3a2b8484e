import { type Channel, commands } from '../at/index.ts'

/**
 * What switching the radio off would do to the SIM. `locks`: it asks for its PIN at each start, and only the board's
 * application knows it; `locked`: it asks for it now; `free`: it does not ask; `unknown`: the modem would not tell,
 * which is usual while the SIM is off.
 */
export type SimLock = 'free' | 'locks' | 'locked' | 'unknown'

/** Reads it; changes nothing and never sends a PIN. */
export async function readSimLock(channel: Channel): Promise<SimLock> {
  const pin = await channel.send(commands.cpinRead, undefined)
  if (pin.ok && pin.value !== 'READY') return 'locked'
  const lock = await channel.send(commands.simLockRead, {})
  if (lock.ok && lock.value.enabled === 1) return 'locks'
  return pin.ok ? 'free' : 'unknown'
}
