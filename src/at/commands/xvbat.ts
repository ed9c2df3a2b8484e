import { type Command, information, plainForm } from '../command.ts'
import { int } from '../syntax.ts'

/** `AT%XVBAT`: the supply in millivolt, in steps of 4. Below the power-off warning's threshold writes are refused (POW-12). */
export const xvbat: Command<void, number> = {
  name: '%XVBAT',
  doc: 'The supply voltage. AT reference: mobile termination, %XVBAT.',
  request: plainForm,
  answer: information('%XVBAT', int(0, 10_000)),
}
