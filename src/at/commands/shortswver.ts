import { type Command, information, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT%SHORTSWVER` → `%SHORTSWVER: nrf9160_1.1.2`. */
export const shortswver: Command<void, string> = {
  name: '%SHORTSWVER',
  doc: 'The short name of the firmware. AT reference: mobile termination, %SHORTSWVER.',
  request: plainForm,
  answer: information('%SHORTSWVER', bare(/^[\w.-]+$/, 'a firmware name')),
}
