/** A revision of the silicon: the last three letters of `AT%HWVERSION`, and of the marking on the package. */
export interface Revision {
  readonly chip: 'nRF9160' | 'nRF9161' | 'nRF9151'
  /** Its letters on the package, and at the end of `%HWVERSION`. */
  readonly code: string
  readonly name: string
  readonly facts: readonly string[]
}

/** The revisions that are known; codes of later ones are not ruled out. */
export const revisions: readonly Revision[] = [
  { chip: 'nRF9160', code: 'BAA', name: 'engineering A', facts: ['ID-48'] },
  { chip: 'nRF9160', code: 'BQA', name: 'Rev 2, early engineering', facts: ['ID-53'] },
  { chip: 'nRF9160', code: 'B0A', name: 'Rev 1', facts: ['ID-49', 'ID-52'] },
  { chip: 'nRF9160', code: 'B1A', name: 'Rev 2', facts: ['ID-50', 'ID-52'] },
  { chip: 'nRF9161', code: 'ADA', name: 'engineering', facts: ['ID-54'] },
  { chip: 'nRF9161', code: 'A0A', name: 'Rev 1', facts: ['ID-54'] },
  { chip: 'nRF9151', code: 'A0A', name: 'first seen', facts: ['ID-55'] },
  { chip: 'nRF9151', code: 'A1A', name: 'later seen', facts: ['ID-55'] },
]

/**
 * The revision that `%HWVERSION`, a marking or a person names; `Rev 1` and `B0` too, which people write for the nRF9160.
 *
 * @example revisionOf('nRF9160 SICA B0A')?.name // 'Rev 1'
 */
export function revisionOf(text: string): Revision | undefined {
  // ID-53: early units do not know who they are.
  if (/nRFFFFFFFFF SICA FFFFFFFF/.test(text)) return revisions.find(({ code }) => code === 'B0A')
  const chip = /nRF91(?:60|61|51)/i.exec(text)?.[0].toLowerCase() ?? 'nrf9160'
  const code = /\b(B[AQ01]A?|A[D01]A)\b/i.exec(text)?.[1]?.toUpperCase()
  const named = /\brev(?:ision|\.)? ?([12])\b/i.exec(text)?.[1]
  const wanted = code === undefined ? { 1: 'B0A', 2: 'B1A' }[named ?? ''] : code.padEnd(3, 'A')
  return revisions.find((entry) => entry.chip.toLowerCase() === chip && entry.code === wanted)
}
