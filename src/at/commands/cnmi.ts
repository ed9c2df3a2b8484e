import { type Command, information, noAnswer, readForm, setForm } from '../command.ts'
import { fields, int } from '../syntax.ts'

/** Where short messages are delivered: `3,2,0,1` registers this side as the one SMS client. */
export interface SmsRouting {
  mode: number
  deliver: number
  broadcast: number
  report: number
}

const routing = { mode: int(0, 3), deliver: int(0, 3), broadcast: int(0, 3), report: int(0, 2) }

/** `AT+CNMI?` → `+CNMI: 3,2,0,1,1`. */
export const cnmiRead: Command<void, SmsRouting & { buffer: number }> = {
  name: '+CNMI',
  doc: 'Whether somebody is registered for short messages. AT reference: SMS, +CNMI.',
  request: readForm,
  answer: information('+CNMI', fields({ ...routing, buffer: int(0, 1) })),
}

/** `AT+CNMI=3,2,0,1`. */
export const cnmiSet: Command<SmsRouting, void> = {
  name: '+CNMI',
  doc: 'Registers or releases the SMS client.',
  request: setForm(fields(routing)),
  answer: noAnswer,
}
