import { type Command, noAnswer } from '../command.ts'
import { type Codec, fields, int, syntaxError } from '../syntax.ts'

const params = fields({ kind: int(0, 2) })

const request: Codec<{ kind?: number }> = {
  format: ({ kind }) => (kind === undefined ? '' : `=${kind}`),
  parse(text) {
    if (text === '') return {}
    if (!text.startsWith('=')) throw syntaxError('a number or nothing', text)
    return params.parse(text.slice(1).trim())
  },
}

/** `AT+CNMA=1`: the message or report was taken; 2 says that it was not (SMS-13). Without it the client is dropped (SMS-14). */
export const cnma: Command<{ kind?: number }, void> = {
  name: '+CNMA',
  doc: 'Acknowledges a message or report. AT reference: SMS, +CNMA.',
  request,
  answer: noAnswer,
}
