import { type Command, information } from '../command.ts'
import { type Codec, fields, int, syntaxError } from '../syntax.ts'

/** A message to be sent: PDU in hexadecimal, and its octets without the centre in front. */
export interface SmsOrder {
  length: number
  pdu: string
}

/** Ctrl-Z */
const end = '\u001a'

const request: Codec<SmsOrder> = {
  format: ({ length, pdu }) => `=${length}\r${pdu}${end}`,
  parse(text) {
    const match = text.endsWith(end) ? /^=\s*(\d{1,3})\r\n?([0-9a-f]+)$/i.exec(text.slice(0, -1)) : null
    if (match === null) throw syntaxError('a length, CR, hexadecimal and Ctrl-Z', text)
    return { length: Number(match[1]), pdu: match[2] ?? '' }
  },
}

/** `AT+CMGS=<length><CR><PDU><Ctrl-Z>` → `+CMGS: <reference>`: all in one command, without a prompt (SMS-08 to SMS-10). */
export const cmgs: Command<SmsOrder, { reference: number }> = {
  name: '+CMGS',
  doc: 'Sends a short message. AT reference: SMS, +CMGS.',
  request,
  answer: information('+CMGS', fields({ reference: int(0, 255) })),
  patience: 60_000,
}
