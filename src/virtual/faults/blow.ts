import type { Random } from '../../terms/index.ts'
import type { Reply, VirtualModem } from '../modem.ts'

/** What a fault has in its hands when it strikes. */
export interface Blow {
  readonly modem: VirtualModem
  readonly random: Random
  /** The command that was heard. */
  readonly text: string
  /** Has it carried out, as it was heard or as something else. */
  readonly answer: (heard?: string) => Reply
}

/** One kind of fault. */
export interface FaultMaker {
  /** What it does, in a line. */
  readonly doc: string
  /** How often it strikes. */
  readonly times: number
  /** The commands that it strikes at; all of them where it does not say. */
  readonly fits?: RegExp
  readonly strike: (blow: Blow) => Reply
}

/** One of a list. */
export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[random.below(from.length)] ?? from[0]
}

/** The lines of an answer, each with its end. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}
