import { longestLine } from './framing.ts'

/** What a shell has printed of a line, and what it is expected to type back. */
export interface ShellFraming {
  readonly line: string
  readonly quoted: boolean
  /** An ANSI sequence that has begun. */
  readonly escape: string
  /** What was typed last. */
  readonly typed: string
  /** How much of it has come back. */
  readonly echoed: number
}

/** Nothing typed, nothing heard. */
export const emptyShellFraming: ShellFraming = { line: '', quoted: false, escape: '', typed: '', echoed: 0 }

/** What is expected to come back from now on; where it goes on with what was typed before, the echo goes on too. */
export function expectEcho(framing: ShellFraming, typed: string): ShellFraming {
  return { ...framing, typed, echoed: typed.startsWith(framing.typed) ? framing.echoed : 0 }
}

const prompts = /^(?:[\w-]+:~\$ )+/
/** What follows ESC in a complete sequence (ECMA-48, 5.4). */
const sequence = /^(?:\[[0-?]*[ -/]*[@-~]|[^[])$/

/** Only information lines have quotes with a meaning; what is typed back has none here. */
function quotesCount(line: string): boolean {
  return /^\s*[+%#]/.test(line.replace(prompts, ''))
}

/**
 * Cuts what a shell prints into logical lines: colours go, a line that was taken off the screen is none, prompts go, and
 * what was typed comes back wrapped at the terminal's width and is dropped (SHELL-03, SHELL-17). The result is the same for
 * any chunking.
 */
export function frameShell(framing: ShellFraming, text: string): { framing: ShellFraming; lines: string[] } {
  const lines: string[] = []
  let now = framing
  for (const character of text) {
    if (now.escape !== '' || character === '\x1b') now = takeEscape(now, character)
    else if (!now.quoted && (character === '\r' || character === '\n')) now = endLine(now, lines)
    else now = takeCharacter(now, character, lines)
  }
  return { framing: now, lines }
}

function takeEscape(framing: ShellFraming, character: string): ShellFraming {
  const escape = framing.escape + character
  if (!sequence.test(escape.slice(1)) && escape.length < 16) return { ...framing, escape }
  // J and K take what stands in the line off the screen.
  const erases = /[JK]$/.test(escape)
  return { ...framing, escape: '', ...(erases && { line: '', quoted: false }) }
}

function takeCharacter(framing: ShellFraming, character: string, lines: string[]): ShellFraming {
  // SHELL-21: the CR in front of a line feed is the shell's, and no part of a content.
  const before = character === '\n' ? framing.line.replace(/\r$/, '') : framing.line
  const line = before + character
  if (line.length >= longestLine) return endLine({ ...framing, line }, lines)
  const quoted = character === '"' && quotesCount(line) ? !framing.quoted : framing.quoted
  return { ...framing, line, quoted }
}

function endLine(framing: ShellFraming, lines: string[]): ShellFraming {
  const line = framing.line.replace(prompts, '')
  const ended = { ...framing, line: '', quoted: false }
  if (line === '') return ended
  // A notification in between makes the shell print what was typed so far once more.
  for (const from of [framing.echoed, 0]) {
    if (framing.typed.startsWith(line, from)) return { ...ended, echoed: from + line.length }
  }
  lines.push(line)
  return ended
}

/** What a shell says in place of an answer: nothing went to the modem, or nothing came back (SHELL-11, SHELL-15). */
export function isShellRefusal(line: string): boolean {
  return /^(?:\S*: command not found|not terminated: ['"]|Sending AT command failed with error code -?\d+)$/.test(line)
}
