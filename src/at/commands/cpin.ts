import { type Command, information, readForm } from '../command.ts'
import { bare } from '../syntax.ts'

/** `AT+CPIN?` → `READY`, `SIM PIN`, `SIM PUK`; some firmware may quote it (OPEN-17). There is no set form here: PINs are never sent. */
export const cpinRead: Command<void, string> = {
  name: '+CPIN',
  doc: 'Whether the SIM wants a PIN. AT reference: security, +CPIN.',
  request: readForm,
  answer: information('+CPIN', {
    format: (state) => state,
    parse: (text) => bare(/^[A-Z][A-Z\d -]+$/, 'a SIM state').parse(text.replace(/^"(.*)"$/, '$1')),
  }),
}
