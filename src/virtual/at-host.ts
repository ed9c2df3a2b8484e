/** The line buffer of an AT host, as the SDK's library keeps it (HOST-07): 4,096 bytes with the terminating NUL. */
const longest = 4095

/** What an AT host has been sent and not yet handed to the modem. */
export interface AtHostLine {
  readonly text: string
  readonly quoted: boolean
}

/** An AT host that waits for a command. */
export const emptyLine: AtHostLine = { text: '', quoted: false }

/**
 * One received character, by the rules of the library's source (sdk-nrf lib/at_host): inside quotes CR and LF are content;
 * backspace and DEL take a character away but do not close a quote that it opened; what does not fit is dropped without a
 * word; a line without a printable character is ignored. `command` is set when a line is complete.
 */
export function typeCharacter(line: AtHostLine, character: string): { line: AtHostLine; command?: string } {
  if (character === '\b' || character === '\x7f') return { line: { ...line, text: line.text.slice(0, -1) } }
  if (character === '\r' && !line.quoted) {
    return /[\x21-\xff]/.test(line.text) ? { line: emptyLine, command: line.text } : { line: emptyLine }
  }
  if (line.text.length >= longest) return { line }
  return { line: { text: line.text + character, quoted: character === '"' ? !line.quoted : line.quoted } }
}
