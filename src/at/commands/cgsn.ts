import { bareLine, type Command, information, plainForm, setForm } from '../command.ts'
import { bare, fields, fixed, quoted } from '../syntax.ts'

/** `AT+CGSN`: the IMEI, fifteen digits alone on a line. */
export const cgsn: Command<void, string> = {
  name: '+CGSN',
  doc: 'The IMEI. AT reference: mobile termination, +CGSN.',
  request: plainForm,
  answer: bareLine(bare(/^\d{15}$/, 'fifteen digits')),
}

/** `AT+CGSN=1`: the IMEI with its name in front. */
export const cgsnImei: Command<Record<string, never>, { imei: string }> = {
  name: '+CGSN',
  doc: 'The IMEI, quoted.',
  request: setForm(fields({ kind: fixed('1') })),
  answer: information('+CGSN', fields({ imei: quoted })),
}
