import { type Codec, fields, int, type Param, quoted, syntaxError } from '../syntax.ts'

const hexadecimal: Param<string> = {
  format: (value) => value,
  parse(text) {
    if (!/^(?:[0-9a-f]{2})+$/i.test(text)) throw syntaxError('hexadecimal', text)
    return text
  },
}

/** Two lines: a head with a length, and a PDU. */
function twoLines<H>(name: string, head: Codec<H>): Codec<H & { pdu: string }> {
  return {
    format: (value) => `${name}: ${head.format(value)}\r\n${value.pdu}`,
    parse(text) {
      const [first = '', pdu = '', ...more] = text.split(/\r?\n/)
      if (!first.startsWith(`${name}: `) || more.length > 0) throw syntaxError(`two lines of ${name}`, text)
      return { ...head.parse(first.slice(name.length + 2)), pdu: hexadecimal.parse(pdu) }
    },
  }
}

/** The notification `+CMT: "<sender>",<length>`, CR LF, PDU: a message came (SMS-11). */
export const cmtNotice = twoLines('+CMT', fields({ alpha: quoted, length: int(0, 999) }))

/** The notification `+CDS: <length>`, CR LF, PDU: what became of one that was sent (SMS-12). */
export const cdsNotice = twoLines('+CDS', fields({ length: int(0, 999) }))
