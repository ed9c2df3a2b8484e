import { type Command, information, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT%XICCID`: the SIM's number; refused without a SIM, or while it is off. */
export const xiccid: Command<void, string> = {
  name: '%XICCID',
  doc: 'The ICCID of the SIM. AT reference: mobile termination, %XICCID.',
  request: plainForm,
  answer: information('%XICCID', bare(/^\d{18,20}F?$/i, 'an ICCID')),
}
