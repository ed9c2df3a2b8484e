import type { Refusal } from '../terms/index.ts'

/**
 * What the modem has of the table, by the writer's word: `before`: the items before the one that it names; `before-or-with`: those,
 * and perhaps that one; `some`: how many, nobody said.
 */
export type ModemHas = 'all' | 'nothing' | 'before' | 'before-or-with' | 'some' | 'unknown'

/** What a writer says of its work, in the word behind its mark. */
export interface WriterAnswer {
  /** As it stands in flash. */
  readonly word: number
  readonly is: 'done' | 'silent' | 'refused'
  readonly modemHas: ModemHas
  /** What happened, its number with it. */
  readonly what: string
  /** Why, most likely. */
  readonly likely: string
  /** What to do about it, in words; the verb that asked adds the command to type. */
  readonly remedy: string
  /** The item it is about, counted from 0 in the order of the table. */
  readonly item?: number
  /** The modem's own no, where it was the modem. */
  readonly refusal?: Refusal
}

/** The result word of a page that no writer has finished with. */
export const notRun = 0xffff_ffff

/** A result word as people write it: `0xBAADBAAD`. */
export function wordText(word: number): string {
  return `0x${(word >>> 0).toString(16).toUpperCase().padStart(8, '0')}`
}
