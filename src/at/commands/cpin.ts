import { type Command, information, noAnswer, readForm, setForm } from '../command.ts'
import { bare, fields, optional, quoted } from '../syntax.ts'

/** `AT+CPIN?` → `READY`, `SIM PIN`, `SIM PUK`; some firmware may quote it (OPEN-17). */
export const cpinRead: Command<void, string> = {
  name: '+CPIN',
  doc: 'Whether the SIM wants a PIN. AT reference: security, +CPIN.',
  request: readForm,
  answer: information('+CPIN', {
    format: (state) => state,
    parse: (text) => bare(/^[A-Z][A-Z\d -]+$/, 'a SIM state').parse(text.replace(/^"(.*)"$/, '$1')),
  }),
}

/** Four to eight digits between quotes. */
const code = { ...quoted, parse: (text: string) => bare(/^\d{4,8}$/, 'a PIN').parse(quoted.parse(text)) }

/**
 * `AT+CPIN="1234"`, or the PUK and a new PIN. What an application says to its modem, and the virtual modem understands; no
 * verb of ours ever sends one.
 */
export const cpinSet: Command<{ pin: string; newPin?: string }, void> = {
  name: '+CPIN',
  doc: 'Gives the SIM its PIN. 3GPP 27.007, 8.3.',
  request: setForm(fields({ pin: code, newPin: optional(code) })),
  answer: noAnswer,
}
