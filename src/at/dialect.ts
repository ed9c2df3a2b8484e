import { type Outcome, ok, refused } from '../terms/index.ts'

/** How a board wants to be spoken to. */
export const dialects = ['at-host', 'shell', 'serial-modem'] as const

/** `at-host`: the SDK's AT host library. `shell`: Zephyr's shell with the `at` command. `serial-modem`: the application of that name. */
export type Dialect = (typeof dialects)[number]

/** What 4,096 backspaces take away: a longer line could not be cleared after a cut (see attention.ts). */
const longestTyped = 4096

/**
 * What is typed for a command text. A shell takes it between single quotes, and what cannot stand there as a hexadecimal
 * escape, which Zephyr's shell reads (SHELL-14): so a PEM keeps its own line feeds, whichever SDK the shell is of, and
 * nobody has to know whether it turns `\n` into CR LF (SHELL-06, SHELL-07). `?` is escaped too: it is a wildcard to a
 * shell, and one that did not know the escape would say so at the first question, before anything is written.
 */
export function typedIn(dialect: Dialect, command: string): Outcome<string> {
  if (dialect !== 'shell') return ok(command)
  const escaped = command.replace(/[^\x20-\x7e]|['\\?*]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  const typed = `at '${escaped}'`
  return typed.length > longestTyped ? refused({ kind: 'unsupported' }) : ok(typed)
}

/** A shell's prompt, whatever it is called, or its word for a command that it does not have (SHELL-01). */
const shellSays = /[\w-]+:~\$ |: command not found/

/**
 * Which dialect the bytes are that answered a question of ours, `AT+CMEE?`: a shell knows no such command and says so; a
 * Serial Modem puts an empty line in front of the final one (SM-03). Undefined while it cannot be told. Nothing is asked for
 * it that is not asked anyway, so finding out changes nothing in any dialect.
 */
export function dialectOf(heard: string): Dialect | undefined {
  if (shellSays.test(heard)) return 'shell'
  const answer = /\+CMEE: [01](\r+\n(?:\r+\n)?)OK\r+\n/.exec(heard)
  if (answer === null) return undefined
  return answer[1] === '\r\n' ? 'at-host' : 'serial-modem'
}
