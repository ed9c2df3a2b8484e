import { type Command, noAnswer, setForm } from '../command.ts'
import { fields, int } from '../syntax.ts'

/** `AT+CMMS=1`: more messages follow, the connection may be kept (SMS-18). */
export const cmmsSet: Command<{ mode: number }, void> = {
  name: '+CMMS',
  doc: 'Says that more messages follow. AT reference: SMS, +CMMS.',
  request: setForm(fields({ mode: int(0, 2) })),
  answer: noAnswer,
}
