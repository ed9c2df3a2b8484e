/**
 * How a memory writes. This is our own model, and never conformance: no source tells what a cut in the middle of a write
 * does to a real one (OPEN-11, LOSS-56).
 */
export interface MemoryModel {
  /** The old item is struck out before the new one is written: a cut in between leaves nothing. */
  readonly strikesFirst: boolean
  /** Content that does not fit its checksum is left out at the start; otherwise it is listed as it stands, damaged. */
  readonly checksContent: boolean
  /** Clearing up copies into a second bank. With one bank only, a cut loses all that was not copied back yet. */
  readonly banks: 1 | 2
}

/** The models by name, from the one that loses most to the one that loses least. */
export const memoryModels = {
  careless: { strikesFirst: true, checksContent: false, banks: 1 },
  cautious: { strikesFirst: true, checksContent: true, banks: 2 },
  journalled: { strikesFirst: false, checksContent: true, banks: 2 },
} as const satisfies Record<string, MemoryModel>

/** The name of a memory model. */
export type MemoryKind = keyof typeof memoryModels

/** The model of a firmware line. The lines of the reports of loss have the careless one (LOSS-41, LOSS-43). */
export function memoryModelOf(line: { readonly memory: MemoryKind }): MemoryModel {
  return memoryModels[line.memory]
}
