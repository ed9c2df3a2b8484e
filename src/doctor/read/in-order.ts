import { headingOf, speakerOf } from './line.ts'
import type { Whole } from './open-quote.ts'
import { type Stamp, stampOf } from './stamp.ts'

/**
 * So many lines are held, and no more: what is late by more than that stays where it stands. It bounds the memory, and it is
 * far more than a deferred logger or two tasks that print at once put a line out of its place.
 */
const window = 64

/** So many stamped lines in a row that lie before what was heard already are no late lines: the board has started again. */
const patience = 3

/** A board starts, or something else begins: nothing belongs before it that stands behind it. */
const begins = /^\s*(?:\*{3} ?Booting|-{3}|={3}|#|$)|-----BEGIN|\bAT%CMNG ?=/i

interface Held extends Whole {
  readonly stamp?: Stamp
}

/**
 * Puts lines that arrived late back to where their own stamps say that they belong, so that the last word on a state is the
 * last by time. Only stamped lines move, one at a time, within one start of a board and never across a heading.
 */
export class InOrder {
  #held: Held[] = []
  #late: Held[] = []
  #highest: Stamp | undefined

  /** One line in; what is settled comes out. */
  line(whole: Whole): readonly Whole[] {
    const stamp = stampOf(whole.text)
    if (stamp === undefined) return isBarrier(whole.text) ? [...this.end(), whole] : this.#hold(whole)
    if (stamp.clock !== this.#highest?.clock || begins.test(whole.text)) return this.#startOver({ ...whole, stamp })
    return [...this.#place({ ...whole, stamp }), ...this.#overflow()]
  }

  /** What is held still, in order. */
  end(): readonly Whole[] {
    const held = this.#held
    this.#held = []
    this.#late = []
    this.#highest = undefined
    return held
  }

  /** A line without a stamp stays where it stands; where nothing is stamped there is nothing to wait for. */
  #hold(line: Held): readonly Whole[] {
    if (this.#held.length === 0) return [line]
    this.#held.push(line)
    return this.#overflow()
  }

  #startOver(line: Held & { stamp: Stamp }): readonly Whole[] {
    const before = this.end()
    this.#held = [line]
    this.#highest = line.stamp
    return before
  }

  #place(line: Held & { stamp: Stamp }): readonly Whole[] {
    this.#held.push(line)
    if (line.stamp.at >= (this.#highest?.at ?? 0)) {
      for (const late of this.#late.splice(0)) this.#moveBack(late)
      this.#highest = line.stamp
      return []
    }
    this.#late.push(line)
    return this.#late.length < patience ? [] : this.#restart()
  }

  /** Those that seemed late are the beginning of a new start. */
  #restart(): readonly Whole[] {
    const [first] = this.#late
    const at = first === undefined ? 0 : this.#held.indexOf(first)
    const before = this.#held.splice(0, at)
    const stamps = this.#late.splice(0).flatMap(({ stamp }) => (stamp === undefined ? [] : [stamp]))
    this.#highest = stamps.reduce((a, b) => (b.at > a.at ? b : a))
    return before
  }

  #moveBack(late: Held): void {
    const from = this.#held.indexOf(late)
    const to = this.#held.findIndex(
      ({ stamp }) => stamp !== undefined && late.stamp !== undefined && stamp.at > late.stamp.at,
    )
    if (from < 0 || to < 0 || to > from) return
    this.#held.splice(from, 1)
    this.#held.splice(to, 0, late)
  }

  #overflow(): readonly Whole[] {
    return this.#held.splice(0, Math.max(0, this.#held.length - window))
  }
}

function isBarrier(text: string): boolean {
  return begins.test(text) || headingOf(text) !== undefined || speakerOf(text) !== undefined
}
