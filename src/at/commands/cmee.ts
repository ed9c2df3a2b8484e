import { type Command, information, noAnswer, readForm, setForm, testForm } from '../command.ts'
import { fields, int } from '../syntax.ts'
import { valueList } from '../value-list.ts'

/** Error reporting: 0 a bare `ERROR`, 1 `+CME ERROR: <n>`. */
export interface ErrorReporting {
  mode: number
}

const content = fields({ mode: int(0, 2) })

/** `AT+CMEE?` */
export const cmeeRead: Command<void, ErrorReporting> = {
  name: '+CMEE',
  doc: 'Whether refusals carry a number. AT reference: mobile termination, +CMEE.',
  request: readForm,
  answer: information('+CMEE', content),
}

/** `AT+CMEE=1`; back to 0 at each start of the modem. */
export const cmeeSet: Command<ErrorReporting, void> = {
  name: '+CMEE',
  doc: 'Turns numbers in refusals on or off.',
  request: setForm(content),
  answer: noAnswer,
}

/** `AT+CMEE=?` */
export const cmeeTest: Command<void, number[]> = {
  name: '+CMEE',
  doc: 'Which settings there are.',
  request: testForm,
  answer: information('+CMEE', valueList),
}
