import { type Command, information, noAnswer, readForm, setForm, testForm } from '../command.ts'
import { fields, int } from '../syntax.ts'
import { valueList } from '../value-list.ts'

const content = fields({ mode: int(0, 1) })

/** `AT+CMGF=0`; 1, text mode, is refused (SMS-01). */
export const cmgfSet: Command<{ mode: number }, void> = {
  name: '+CMGF',
  doc: 'The message format. AT reference: SMS, +CMGF.',
  request: setForm(content),
  answer: noAnswer,
}

/** `AT+CMGF?` */
export const cmgfRead: Command<void, { mode: number }> = {
  name: '+CMGF',
  doc: 'The message format.',
  request: readForm,
  answer: information('+CMGF', content),
}

/** `AT+CMGF=?` → `+CMGF: (0)` (SMS-02). */
export const cmgfTest: Command<void, number[]> = {
  name: '+CMGF',
  doc: 'Which message formats there are.',
  request: testForm,
  answer: information('+CMGF', valueList),
}
