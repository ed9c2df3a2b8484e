import { type Command, noAnswer, setForm } from '../command.ts'
import { fields, int, optional } from '../syntax.ts'

/** `AT%MDMEV=1`: subscribes to what happens to the modem, such as `%MDMEV: ME BATTERY LOW` (MODE-40). */
export const mdmevSet: Command<{ on: number }, void> = {
  name: '%MDMEV',
  doc: 'Subscribes to events of the modem. AT reference: mobile termination, %MDMEV.',
  request: setForm(fields({ on: int(0, 1) })),
  answer: noAnswer,
}

/** `AT+CGEREP=1`: subscribes to `+CGEV: …`; without a number it ends that (MODE-51). */
export const cgerepSet: Command<{ on?: number }, void> = {
  name: '+CGEREP',
  doc: 'Subscribes to packet domain events. AT reference: packet domain, +CGEREP.',
  request: setForm(fields({ on: optional(int(0, 1)) })),
  answer: noAnswer,
}
