import { type Command, information, plainForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT%DEVICEUUID`: documented for nRF91x1 only. */
export const deviceUuid: Command<void, string> = {
  name: '%DEVICEUUID',
  doc: 'The device UUID. AT reference (nRF91x1): security, %DEVICEUUID.',
  request: plainForm,
  answer: information('%DEVICEUUID', bare(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID')),
}
