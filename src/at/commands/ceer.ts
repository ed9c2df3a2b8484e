import { type Command, information, plainForm } from '../command.ts'
import { quoted } from '../syntax.ts'

const line = information('+CEER', quoted)

/** `AT+CEER` → `+CEER: "<domain> <cause>"`, why the last thing failed (AT-36); no line where nothing has (MODE-50). */
export const ceer: Command<void, { cause?: string }> = {
  name: '+CEER',
  doc: 'The extended error report. AT reference: mobile termination, +CEER.',
  request: plainForm,
  answer: {
    claims: (text) => line.claims(text),
    format: ({ cause }) => (cause === undefined ? '' : line.format(cause)),
    parse: (text) => (text === '' ? {} : { cause: line.parse(text) }),
  },
}
