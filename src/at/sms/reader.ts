import { type Bytes, type Outcome, ok, refused } from '../../terms/index.ts'

/** Why octets are no short message; it quotes nothing of them. */
export interface PduProblem {
  readonly code: 'not-hexadecimal' | 'too-short' | 'too-long' | 'wrong-type' | 'wrong-length' | 'not-supported'
  readonly text: string
}

/** Thrown inside the readers only; {@link reading} makes it a value. */
class Unreadable extends Error {
  readonly problem: PduProblem

  constructor(problem: PduProblem) {
    super(problem.text)
    this.problem = problem
  }
}

/** Gives up reading. */
export function unreadable(code: PduProblem['code'], text: string): never {
  throw new Unreadable({ code, text })
}

/** Octets that are taken one after the other. */
export interface OctetReader {
  /** What has not been taken yet. */
  rest(): Bytes
  octet(): number
  octets(count: number): Bytes
}

/** A reader over octets. */
export function octetReader(bytes: Bytes): OctetReader {
  let at = 0
  const octets = (count: number): Bytes => {
    if (at + count > bytes.length) unreadable('too-short', `it ends after ${bytes.length} octets, in the middle`)
    at += count
    return bytes.slice(at - count, at)
  }
  return { rest: () => bytes.slice(at), octet: () => octets(1)[0] ?? 0, octets }
}

/** Reads with something that may give up, and makes of that a value. */
export function reading<T>(read: () => T): Outcome<T, PduProblem> {
  try {
    return ok(read())
  } catch (error) {
    if (error instanceof Unreadable) return refused(error.problem)
    throw error
  }
}
