import { emptyLine, type Front, type FrontLine, type Typed } from './dialect.ts'
import { shellWords } from './shell-words.ts'

/** What distinguishes one build with an AT shell from another. */
export interface ShellBuild {
  /** Whether `\n` in a write becomes CR LF: NCS 2.8 and later (SHELL-06, SHELL-07). */
  readonly unescapesLf: boolean
  /** The application's limit for a line with its NUL (SHELL-08). */
  readonly longest: number
}

/** SHELL-01 */
const prompt = 'uart:~$ '
const [green, red, plain] = ['\x1b[1;32m', '\x1b[1;31m', '\x1b[m']
const printedPrompt = `${green}${prompt}${plain}`
/** Columns that the shell takes a terminal to have; what is typed back goes on in the next line (SHELL-17; the width is K). */
const width = 80
/** Takes the line that is being typed off the screen. */
const erased = (columns: number): string => `\x1b[${columns}D\x1b[J`

/** Every line feed leaves as CR LF, also where a CR stands already (SHELL-21). */
const printed = (text: string): string => text.replaceAll('\n', '\r\n')

/**
 * Zephyr's shell with the `at` command of the SDK (sdk-nrf lib/at_shell): prompt, colours and echo; a line ends at CR or LF
 * whatever quotes are open (SHELL-05), and a quote that is still open then is refused and reaches no modem (SHELL-15).
 */
export function shellFront(build: ShellBuild): Front {
  /** Notifications are printed only after `at events_enable` (SHELL-12, SHELL-18). */
  let events = false
  return {
    name: 'shell',
    start: { ...emptyLine, echo: true },
    greeting: `\r\n${printedPrompt}`,
    // SHELL-19 (K)
    keeps: 64,
    type: (line, character) => typeCharacter(line, character, build),
    answer: (text) => `${printed(`${text}\n`)}${printedPrompt}`,
    notice(text, waiting) {
      if (!events) return ''
      const over = erased(prompt.length + waiting.text.length)
      return `${over}${printed(`AT event handler:\n${text}\r\n\n`)}${printedPrompt}${wrapped(waiting.text, prompt.length)}`
    },
    own(text) {
      const answer = /^at\s+events_(enable|disable)\s*$/.exec(text)?.[1]
      if (answer !== undefined) events = answer === 'enable'
      return (answer === undefined ? complaint(text) : printed(`AT command event handler ${answer}d\n`)) + printedPrompt
    },
  }
}

function typeCharacter(line: FrontLine, character: string, build: ShellBuild): Typed {
  if (character === '\r' || character === '\n') return endOfLine(line, character, build)
  const typed = { ...line, lastEnd: '' }
  if (character === '\b' || character === '\x7f') {
    if (line.text === '') return { line: typed }
    return { line: { ...typed, text: line.text.slice(0, -1) }, say: erased(1) }
  }
  // SHELL-16: what cannot be printed is no part of a line, and what does not fit is dropped without a word.
  if (!/[\x20-\x7e]/.test(character) || line.text.length + 1 >= build.longest) return { line: typed }
  return { line: { ...typed, text: line.text + character }, say: wrapped(character, prompt.length + line.text.length) }
}

/** What is typed back, with the line break that follows each full line of the screen. */
function wrapped(text: string, column: number): string {
  return Array.from(text, (character, at) => character + ((column + at + 1) % width === 0 ? '\r\n' : '')).join('')
}

function endOfLine(line: FrontLine, character: string, build: ShellBuild): Typed {
  if (line.lastEnd !== '' && line.lastEnd !== character) return { line: { ...line, lastEnd: '' } }
  const ended = { ...line, text: '', lastEnd: character }
  if (line.text.trim() === '') return { line: ended, say: `\r\n${printedPrompt}` }
  const order = orderOf(line.text, build)
  return { line: ended, say: '\r\n', order }
}

function orderOf(text: string, build: ShellBuild): Required<Typed>['order'] {
  const reading = shellWords(text)
  if ('open' in reading) return { to: 'application', text }
  const [verb, command] = reading.words
  if (verb !== 'at' || command === undefined || /^events_(enable|disable)$/.test(command))
    return { to: 'application', text }
  const unescapes = build.unescapesLf && command.startsWith('AT%CMNG=0')
  return { to: 'modem', text: unescapes ? command.replaceAll('\\n', '\r\n') : command }
}

function complaint(text: string): string {
  const reading = shellWords(text)
  const why = 'open' in reading ? `not terminated: ${reading.open}` : `${reading.words[0] ?? ''}: command not found`
  return printed(`${red}${why}\n${plain}`)
}
