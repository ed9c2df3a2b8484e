import { bareLine, type Command, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT+CIMI`: the IMSI, digits alone on a line; refused without a SIM, or while it is off. */
export const cimi: Command<void, string> = {
  name: '+CIMI',
  doc: 'The IMSI of the SIM. AT reference: mobile termination, +CIMI.',
  request: plainForm,
  answer: bareLine(bare(/^\d{6,15}$/, 'digits')),
}
