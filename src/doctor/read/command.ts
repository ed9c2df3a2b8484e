/** An AT command as it stands in a line of somebody's terminal, log or message. */
export interface Asked {
  /** As typed, without what stands around it. */
  readonly text: string
  /** In capitals: `%CMNG`. Empty for `AT` alone. */
  readonly name: string
  readonly form: 'read' | 'test' | 'set' | 'plain'
  /** What stands behind the `=`, cut at commas outside of quotes. */
  readonly params: readonly string[]
  /** An answer in the same line, as people note it down: `AT+CFUN? -> +CFUN: 1`. */
  readonly reply?: string
}

const command = /AT[+%#][A-Z0-9_]{2,20}(?:=\?|\?|=(?:"[^"]*"?|, |[^\s",;]|,)*)?/i
/** `AT` alone asks whether anybody is there, where nothing stands beside it. */
const bare = /^AT$/i
const arrow = /^(?:\s*(?:-+>|=+>|→)\s*|\s{2,}(?=(?:OK|ERROR|\+CM[ES] ERROR)\b))(.*)$/

/** What may stand in front of a command: a prompt, an arrow, the shell's `at`, or a few words that end in a board or a colon. */
const front =
  /^(?:|.{0,60}?[>$#:~]\s*|.{0,40}?\b(?:board|device|unit|kit|node|modem)(?:[-_ #]?\d{1,15})?\s+|.{0,30}?\bat\s+['"]?)$/i

/** What may stand behind one whose answer comes in the next lines: ` on board 7:`, ` prints`. */
const announces =
  /^ (?:(?:on|of|from|by) .{1,40}:|(?:prints|shows|gives|says|returns|answers)(?: (?:me|us|just|only|this|now)){0,2}):?\s*$/i

/** The command that a line asks, if it asks one: prose that only mentions a command asks nothing. */
export function askedIn(text: string): Asked | undefined {
  if (bare.test(text)) return { text, name: '', form: 'plain', params: [] }
  const found = command.exec(text)
  if (found === null || !front.test(text.slice(0, found.index))) return undefined
  const typed = found[0]
  const rest = text.slice(found.index + typed.length)
  const reply = arrow.exec(rest)?.[1]
  if (reply === undefined && !/^["']?[\s;]*$/.test(rest) && !announces.test(rest)) return undefined
  return { ...partsOf(typed), ...(reply !== undefined && { reply }) }
}

function partsOf(typed: string): Omit<Asked, 'reply'> {
  const name = (/^AT([+%#][A-Z0-9_]*)?/i.exec(typed)?.[1] ?? '').toUpperCase()
  const tail = typed.slice(2 + name.length)
  if (tail === '?') return { text: typed, name, form: 'read', params: [] }
  if (tail === '=?') return { text: typed, name, form: 'test', params: [] }
  if (!tail.startsWith('=')) return { text: typed, name, form: 'plain', params: [] }
  return { text: typed, name, form: 'set', params: params(tail.slice(1)) }
}

function params(text: string): string[] {
  return (text.match(/"[^"]*"?|[^,]+|(?<=,)(?=,|$)|^(?=,)/g) ?? []).map((part) => part.trim())
}

/** A whole number, or undefined: what others print may be anything. */
export function wholeOf(text: string | undefined): number | undefined {
  const bare = text?.trim() ?? ''
  return /^\d{1,10}$/.test(bare) ? Number(bare) : undefined
}

/** The fields of an information line behind its name, quotes taken off. */
export function fieldsOf(text: string): string[] {
  return params(text).map((part) => part.replaceAll('"', ''))
}
