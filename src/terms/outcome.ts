/**
 * Why the other side did not do what was asked. It is a value, not an exception, and its number travels to the very
 * end: only an edge turns it into a sentence.
 */
export type Refusal =
  /** The modem said no, and which no: `+CME ERROR: <code>` or `+CMS ERROR: <code>`. */
  | { kind: 'cme' | 'cms'; code: number }
  /** The modem said no without a number: a bare `ERROR`, which is all it says while `+CMEE` is 0 (AT-25). */
  | { kind: 'error' }
  /** No final line came within the patience of the command. */
  | { kind: 'silence'; afterMs: number }
  /** The cable, socket or PTY went away. */
  | { kind: 'unplugged' }
  /** Something came, but not what the command answers. */
  | { kind: 'garbled'; text: string; why: string }
  /** We were told to stop before it was finished. */
  | { kind: 'aborted' }
  /** Too many are waiting already. */
  | { kind: 'busy' }
  /** This firmware does not have it; `since` names the first that does. */
  | { kind: 'unsupported'; since?: string }
  /** The modem did it, and what it said of it could not be proven or used. */
  | { kind: 'unproven'; why: string }

/** What the other side may legitimately say: a value, or a refusal. What breaks our own program is an exception. */
export type Outcome<T, R = Refusal> = { ok: true; value: T } | { ok: false; refusal: R }

/** A good outcome. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** A refused outcome. */
export function refused<R>(refusal: R): { ok: false; refusal: R } {
  return { ok: false, refusal }
}
