import { emptyLine, type Front, type FrontLine, type Typed } from './dialect.ts'

/** The line buffer of an AT host, as the SDK's library keeps it (HOST-07): 4,096 bytes with the terminating NUL. */
const longest = 4095

/**
 * One received character, by the rules of the library's source (sdk-nrf lib/at_host): inside quotes CR and LF are content;
 * backspace and DEL take a character away but do not close a quote that it opened; what does not fit is dropped without a
 * word (HOST-05 to HOST-09). `end` is the line when it is complete.
 */
export function typeCharacter(line: FrontLine, character: string, most: number): { line: FrontLine; end?: string } {
  if (character === '\b' || character === '\x7f') return { line: { ...line, text: line.text.slice(0, -1) } }
  if (character === '\r' && !line.quoted) {
    return { line: { ...line, text: '', cut: false }, end: line.text }
  }
  if (line.text.length >= most) return { line: { ...line, cut: true } }
  const quoted = character === '"' ? !line.quoted : line.quoted
  return { line: { ...line, text: line.text + character, quoted } }
}

/** The SDK's AT host library in front of a modem: raw text, no echo (HOST-13, HOST-14), lines end at CR. */
export const atHostFront: Front = {
  name: 'at-host',
  start: emptyLine,
  greeting: '',
  // HOST-15: what the UART keeps while its receiver is off.
  keeps: 6,
  type(line, character): Typed {
    const typed = typeCharacter(line, character, longest)
    // HOST-11: a line without a printable character is ignored.
    if (typed.end === undefined || !/[\x21-\xff]/.test(typed.end)) return { line: typed.line }
    return { line: typed.line, order: { to: 'modem', text: typed.end } }
  },
  answer: (text) => text,
  notice: (text) => `${text}\r\n`,
  own: () => '',
}
