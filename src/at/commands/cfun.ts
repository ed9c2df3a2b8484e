import { type Command, information, noAnswer, readForm, setForm, testForm } from '../command.ts'
import { fields, int } from '../syntax.ts'
import { valueList } from '../value-list.ts'

/** The functional mode by its number (MODE-09 to MODE-18): 0 off, 1 full, 4 flight mode, 44 flight mode with the SIM on. */
export interface FunctionalMode {
  mode: number
}

const content = fields({ mode: int(0, 255) })

/** `AT+CFUN?` */
export const cfunRead: Command<void, FunctionalMode> = {
  name: '+CFUN',
  doc: 'The functional mode. AT reference: mobile termination, +CFUN.',
  request: readForm,
  answer: information('+CFUN', content),
}

/** `AT+CFUN=4`; may take seconds while the modem detaches from the network (MODE-05). */
export const cfunSet: Command<FunctionalMode, void> = {
  name: '+CFUN',
  doc: 'Sets the functional mode.',
  request: setForm(content),
  answer: noAnswer,
  patience: 60_000,
}

/** `AT+CFUN=?`, which people type when they mean `AT+CFUN?`. */
export const cfunTest: Command<void, number[]> = {
  name: '+CFUN',
  doc: 'Which functional modes there are.',
  request: testForm,
  answer: information('+CFUN', valueList),
}
