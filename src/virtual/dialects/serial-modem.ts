import { typeCharacter } from './at-host.ts'
import { emptyLine, type Front, type FrontLine, type Typed } from './dialect.ts'
import { greeting, type SerialModemCommands } from './serial-modem-commands.ts'

/** SM-09 */
const longest = 8192

/**
 * The Serial Modem application in front of a modem (github.com/nrfconnect/ncs-serial-modem): `Ready` at the start, CR LF in
 * front of what it prints, commands of its own that begin with `#X`, and everything else handed to the modem.
 */
export function serialModemFront(commands: SerialModemCommands): Front {
  return {
    name: 'serial-modem',
    start: emptyLine,
    greeting,
    // SM-26 (I)
    keeps: 256,
    type: (line, character) => type(line, character, commands),
    answer: framed,
    notice: (text) => `\r\n${text}\r\n`,
    own: (text) => commands.answer(text),
  }
}

/** SM-02, SM-03: an empty line in front of the whole, and one more before the final line where something precedes it. */
function framed(text: string): string {
  const lines = text.split(/(?<=\r\n)/)
  const final = lines.pop() ?? ''
  const information = lines.join('')
  return information === '' ? `\r\n${final}` : `\r\n${information}\r\n${final}`
}

function type(line: FrontLine, character: string, commands: SerialModemCommands): Typed {
  const { line: typed, end } = typeCharacter(line, character, longest)
  const say = line.echo ? character : undefined
  // SM-09: at once, and what follows is the beginning of another line.
  if (typed.cut) return { line: { ...emptyLine, echo: line.echo }, order: { to: 'application', text: 'too long' } }
  if (end === undefined) return { line: typed, ...(say !== undefined && { say }) }
  const order = orderOf(end, commands)
  const echo = echoAfter(end) ?? line.echo
  return { line: { ...typed, echo }, ...(say !== undefined && { say }), ...(order !== undefined && { order }) }
}

/** SM-05; a start switches it off. */
function echoAfter(text: string): boolean | undefined {
  if (/AT#XRESET\s*$/i.test(text)) return false
  const match = /ATE([01])\s*$/i.exec(text)
  return match === null ? undefined : match[1] === '1'
}

/** SM-06, SM-07: what stands in front of `AT` goes; what has no `AT` is ignored; what is no command by its form is refused here. */
function orderOf(text: string, commands: SerialModemCommands): Typed['order'] {
  const command = /at.*$/is.exec(text)?.[0]
  if (command === undefined) return undefined
  const wellFormed = /^at(?:[+%#][a-z0-9]+(?:[=?].*)?)?\s*$/is.test(command) || /^ate[01]\s*$/i.test(command)
  return { to: !wellFormed || commands.knows(command) ? 'application' : 'modem', text: command }
}
