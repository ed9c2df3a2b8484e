/** A functional mode (`+CFUN`), and what it means for credentials. */
export interface FunctionalModeRules {
  readonly mode: number
  readonly words: string
  /** `active`: writing is refused with 518. `quiet`: writing is allowed. `unclear`: no document says so. */
  readonly writing: 'active' | 'quiet' | 'unclear'
}

/** The modes in which a board may be found (MODE-09 to MODE-18, CMNG-57 to CMNG-59). */
export const functionalModes: readonly FunctionalModeRules[] = [
  { mode: 0, words: 'off', writing: 'quiet' },
  { mode: 1, words: 'on', writing: 'active' },
  { mode: 2, words: 'receive only', writing: 'active' },
  { mode: 4, words: 'flight mode', writing: 'quiet' },
  { mode: 20, words: 'LTE off', writing: 'quiet' },
  { mode: 21, words: 'LTE on', writing: 'active' },
  { mode: 30, words: 'GNSS off', writing: 'unclear' },
  { mode: 31, words: 'GNSS on', writing: 'unclear' },
  { mode: 40, words: 'SIM off', writing: 'unclear' },
  { mode: 41, words: 'SIM on', writing: 'unclear' },
  { mode: 44, words: 'flight mode, SIM on', writing: 'quiet' },
  { mode: 45, words: 'flight mode, registration kept', writing: 'unclear' },
  { mode: 46, words: 'flight mode, registration kept, SIM on', writing: 'unclear' },
]

/** The rules of a mode; an unknown one is unclear. */
export function functionalMode(mode: number): FunctionalModeRules {
  return functionalModes.find((entry) => entry.mode === mode) ?? { mode, words: `mode ${mode}`, writing: 'unclear' }
}

/** `1 (on)`, `4 (flight mode)`. */
export function modeName(mode: number): string {
  return `${mode} (${functionalMode(mode).words})`
}
