import { type Channel, commands } from '../at/index.ts'
import { type Outcome, ok } from '../terms/index.ts'
import { insist } from './insist.ts'
import { readSubscriptions, type Subscriptions, sameSubscriptions } from './subscriptions.ts'

/** How a modem stands, as far as it matters to whoever must give it back. */
export interface ModemState {
  /** `+CFUN?` */
  readonly functionalMode: number
  /** `+CMEE?` */
  readonly errorReporting: number
  readonly subscriptions: Subscriptions
}

/**
 * Reads the state; changes nothing. Where one answer was spoiled or lost, all of it is read again: the modem may have
 * restarted in between, and half a state from before and half from after is none.
 */
export function readState(channel: Channel): Promise<Outcome<ModemState>> {
  return insist(() => readOnce(channel))
}

async function readOnce(channel: Channel): Promise<Outcome<ModemState>> {
  const mode = await channel.send(commands.cfunRead, undefined)
  if (!mode.ok) return mode
  const reporting = await channel.send(commands.cmeeRead, undefined)
  if (!reporting.ok) return reporting
  const subscriptions = await readSubscriptions(channel)
  if (!subscriptions.ok) return subscriptions
  return ok({
    functionalMode: mode.value.mode,
    errorReporting: reporting.value.mode,
    subscriptions: subscriptions.value,
  })
}

/** Whether a modem stands as another reading says. */
export function sameState(a: ModemState, b: ModemState): boolean {
  return (
    a.functionalMode === b.functionalMode &&
    a.errorReporting === b.errorReporting &&
    sameSubscriptions(a.subscriptions, b.subscriptions)
  )
}
