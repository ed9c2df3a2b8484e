import { type Command, information, setForm } from '../command.ts'
import { fields, fixed, int } from '../syntax.ts'

/** `AT+CLCK="SC",2` → `+CLCK: 1` where the SIM asks for its PIN at each start. A query: it changes nothing. */
export const simLockRead: Command<Record<string, never>, { enabled: number }> = {
  name: '+CLCK',
  doc: 'Whether the PIN lock of the SIM is on. 3GPP 27.007, 7.4.',
  request: setForm(fields({ facility: fixed('"SC"'), mode: fixed('2') })),
  answer: information('+CLCK', fields({ enabled: int(0, 1) })),
}
