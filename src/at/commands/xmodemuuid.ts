import { type Command, information, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT%XMODEMUUID`: names the firmware build; another firmware, another UUID (ID-25). */
export const xmodemuuid: Command<void, string> = {
  name: '%XMODEMUUID',
  doc: 'The UUID of the firmware build. AT reference: mobile termination, %XMODEMUUID.',
  request: plainForm,
  answer: information('%XMODEMUUID', bare(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID')),
}
