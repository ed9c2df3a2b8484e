import { type Outcome, ok, type Refusal, refused } from '../terms/index.ts'

/**
 * Whether a line **is** a final result: `OK`, `ERROR`, `+CME ERROR: 518`, `+CMS ERROR: 500`. Never whether it contains
 * one: base64 contains everything (AT-20).
 */
export function finalOf(line: string): Outcome<void> | undefined {
  const text = line.trim()
  if (text === 'OK') return ok(undefined)
  if (text === 'ERROR') return refused({ kind: 'error' })
  const match = /^\+(CME|CMS) ERROR: ?(\d{1,5})$/.exec(text)
  if (match === null) return undefined
  return refused({ kind: match[1] === 'CME' ? 'cme' : 'cms', code: Number(match[2]) })
}

/** The final line that a modem prints for an outcome, by its `+CMEE` setting. */
export function finalLine(outcome: Outcome<unknown>, numbered: boolean): string {
  if (outcome.ok) return 'OK'
  const refusal: Refusal = outcome.refusal
  if (refusal.kind === 'cms') return `+CMS ERROR: ${refusal.code}`
  if (refusal.kind === 'cme' && numbered) return `+CME ERROR: ${refusal.code}`
  return 'ERROR'
}
