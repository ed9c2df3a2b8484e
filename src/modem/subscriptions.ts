import { type Channel, commands } from '../at/index.ts'
import { type Outcome, ok } from '../terms/index.ts'
import { insist, isAnswer } from './insist.ts'

type SmsRouting = {
  readonly mode: number
  readonly deliver: number
  readonly broadcast: number
  readonly report: number
}

/** The subscriptions that a modem lets us read. One that it would not tell is left out and never touched. */
export interface Subscriptions {
  /** Level of `+CEREG`. */
  readonly registration?: number
  /** `+CNMI`: who gets short messages. */
  readonly sms?: SmsRouting
}

/** Reads them; changes nothing. A modem that refuses one has none to tell; one that does not answer is a refusal here. */
export async function readSubscriptions(channel: Channel): Promise<Outcome<Subscriptions>> {
  const registration = await channel.send(commands.ceregRead, undefined)
  if (!registration.ok && !isAnswer(registration)) return registration
  const sms = await channel.send(commands.cnmiRead, undefined)
  if (!sms.ok && !isAnswer(sms)) return sms
  return ok({
    ...(registration.ok && { registration: registration.value.level }),
    ...(sms.ok && { sms: smsOf(sms.value) }),
  })
}

function smsOf(read: SmsRouting): SmsRouting {
  return { mode: read.mode, deliver: read.deliver, broadcast: read.broadcast, report: read.report }
}

function sameRouting(a: SmsRouting | undefined, b: SmsRouting | undefined): boolean {
  return a?.mode === b?.mode && a?.deliver === b?.deliver && a?.broadcast === b?.broadcast && a?.report === b?.report
}

/** Whether two readings are the same. */
export function sameSubscriptions(a: Subscriptions, b: Subscriptions): boolean {
  return a.registration === b.registration && sameRouting(a.sms, b.sms)
}

/** Gives back what differs from how it was found; the outcome is the first refusal, if any. */
export async function restoreSubscriptions(channel: Channel, found: Subscriptions): Promise<Outcome<void> | undefined> {
  const now = await insist(() => readSubscriptions(channel))
  if (!now.ok) return now
  const { registration, sms } = found
  if (registration !== undefined && now.value.registration !== registration) {
    const set = await channel.send(commands.ceregSet, { level: registration })
    if (!set.ok) return set
  }
  if (sms !== undefined && !sameRouting(now.value.sms, sms)) {
    const set = await channel.send(commands.cnmiSet, sms)
    if (!set.ok) return set
  }
  return undefined
}
