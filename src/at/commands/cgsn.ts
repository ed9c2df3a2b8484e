import { bareLine, type Command, information, plainForm, setForm, testForm } from '../command.ts'
import { bare, fields, fixed, quoted } from '../syntax.ts'
import { valueList } from '../value-list.ts'

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

/** `AT+CGSN=0`: as without a number. */
export const cgsnSerial: Command<Record<string, never>, string> = {
  name: '+CGSN',
  doc: 'The serial number, which is the IMEI.',
  request: setForm(fields({ kind: fixed('0') })),
  answer: cgsn.answer,
}

/** `AT+CGSN=2` → `+CGSN: "<16 digits>"`: fourteen digits of the IMEI, and two of the software. */
export const cgsnImeisv: Command<Record<string, never>, { imeisv: string }> = {
  name: '+CGSN',
  doc: 'The IMEI and software version number.',
  request: setForm(fields({ kind: fixed('2') })),
  answer: information('+CGSN', fields({ imeisv: quoted })),
}

/** `AT+CGSN=3` → `+CGSN: "<2 digits>"`. */
export const cgsnSoftware: Command<Record<string, never>, { version: string }> = {
  name: '+CGSN',
  doc: 'The software version number.',
  request: setForm(fields({ kind: fixed('3') })),
  answer: information('+CGSN', fields({ version: quoted })),
}

/** `AT+CGSN=?` → `+CGSN: (0-3)`. */
export const cgsnTest: Command<void, number[]> = {
  name: '+CGSN',
  doc: 'Which kinds of serial number there are.',
  request: testForm,
  answer: information('+CGSN', { ...valueList, format: (kinds) => `(${kinds[0]}-${kinds.at(-1)})` }),
}
