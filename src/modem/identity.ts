import { type Channel, commands } from '../at/index.ts'
import { type Firmware, parseFirmware } from '../numbers/index.ts'
import { type Outcome, ok } from '../terms/index.ts'

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

async function told<A>(answer: Promise<Outcome<A>>): Promise<A | undefined> {
  const outcome = await answer
  return outcome.ok ? outcome.value : undefined
}

/** The IMEI: the name by which journals and records know a board. */
export function readImei(channel: Channel): Promise<Outcome<string>> {
  return channel.send(commands.cgsn, undefined)
}

/** The firmware's name, and what is known of it. */
export async function readFirmware(channel: Channel): Promise<{ firmwareText?: string; firmware?: Firmware }> {
  const firmwareText = await told(channel.send(commands.cgmr, undefined))
  if (firmwareText === undefined) return {}
  const firmware = parseFirmware(firmwareText)
  return firmware === undefined ? { firmwareText } : { firmwareText, firmware }
}

/** Everything a modem tells about itself. Changes nothing. */
export async function readIdentity(channel: Channel): Promise<Outcome<Identity>> {
  const imei = await readImei(channel)
  if (!imei.ok) return imei
  const manufacturer = await told(channel.send(commands.cgmi, undefined))
  const model = await told(channel.send(commands.cgmm, undefined))
  const firmware = await readFirmware(channel)
  const hardware = await told(channel.send(commands.hwversion, undefined))
  const uuid = await told(channel.send(commands.deviceUuid, undefined))
  const iccid = await told(channel.send(commands.xiccid, undefined))
  return ok({
    imei: imei.value,
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
    ...firmware,
    ...(hardware !== undefined && { hardware }),
    ...(uuid !== undefined && { uuid }),
    ...(iccid !== undefined && { iccid }),
  })
}
