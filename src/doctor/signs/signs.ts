import type { SignEntry } from './sign.ts'
import { type Sign, tables } from './tables.ts'

const entries = new Map<string, SignEntry>(tables.flatMap((table) => Object.entries<SignEntry>(table.signs)))

/** The words for a sign. */
export function signWords(sign: Sign): string {
  return entries.get(sign)?.words ?? sign
}

/** Words that turn a statement round, close before it. */
const denial = /\b(?:no|not|never|without|neither|nor|isn't|wasn't|doesn't|didn't)\b[^.;,:]{0,24}$/i

function shows(text: string, { patterns, printed }: SignEntry): boolean {
  return patterns.some((pattern) => {
    const found = pattern.exec(text)
    return found !== null && (printed === true || !denial.test(text.slice(0, found.index)))
  })
}

/** The signs that a line shows. */
export function signsIn(text: string): Sign[] {
  return tables.flatMap(({ gate, signs }) =>
    gate.test(text)
      ? Object.entries<SignEntry>(signs).flatMap(([name, entry]) => (shows(text, entry) ? [name as Sign] : []))
      : [],
  )
}
