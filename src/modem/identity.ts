import { type Channel, commands } from '../at/index.ts'
import { type Firmware, parseFirmware } from '../numbers/index.ts'
import { type Outcome, ok } from '../terms/index.ts'
import { isAnswer } from './insist.ts'

/** Who a modem says it is. A part that it would not tell is left out. */
export interface Identity {
  readonly imei: string
  readonly manufacturer?: string
  readonly model?: string
  /** Its own words; {@link firmware} where they are understood. */
  readonly firmwareText?: string
  readonly firmware?: Firmware
  readonly hardware?: string
  readonly uuid?: string
  readonly iccid?: string
}

/** A part that the modem would not tell, or told in a form that we do not know, is left out; no answer at all is a refusal. */
async function told<A>(answer: Promise<Outcome<A>>): Promise<Outcome<A | undefined>> {
  const outcome = await answer
  if (outcome.ok || (!isAnswer(outcome) && outcome.refusal.kind !== 'garbled')) return outcome
  return ok(undefined)
}

/** The IMEI: the name by which journals and records know a board. */
export function readImei(channel: Channel): Promise<Outcome<string>> {
  return channel.send(commands.cgsn, undefined)
}

/** Everything a modem tells about itself. Changes nothing. */
export async function readIdentity(channel: Channel): Promise<Outcome<Identity>> {
  const imei = await readImei(channel)
  if (!imei.ok) return imei
  const questions = {
    manufacturer: commands.cgmi,
    model: commands.cgmm,
    firmwareText: commands.cgmr,
    hardware: commands.hwversion,
    uuid: commands.deviceUuid,
    iccid: commands.xiccid,
  }
  const identity: Partial<Record<keyof typeof questions, string>> = {}
  for (const part of Object.keys(questions) as (keyof typeof questions)[]) {
    const answer = await told(channel.send(questions[part], undefined))
    if (!answer.ok) return answer
    if (answer.value !== undefined) identity[part] = answer.value
  }
  const firmware = parseFirmware(identity.firmwareText ?? '')
  return ok({ imei: imei.value, ...identity, ...(firmware !== undefined && { firmware }) })
}
