/** A functional mode (`+CFUN`), and what it means for credentials. */
export interface FunctionalModeRules {
  readonly mode: number
  readonly words: string
  /** `active`: writing is refused with 518. `quiet`: writing is allowed. `unclear`: no document says so. */
  readonly writing: 'active' | 'quiet' | 'unclear'
  readonly facts: readonly string[]
}

/** The modes in which a board may be found. */
export const functionalModes: readonly FunctionalModeRules[] = [
  { mode: 0, words: 'off', writing: 'quiet', facts: ['MODE-09'] },
  { mode: 1, words: 'on', writing: 'active', facts: ['MODE-10'] },
  { mode: 2, words: 'receive only', writing: 'active', facts: ['MODE-11'] },
  { mode: 4, words: 'flight mode', writing: 'quiet', facts: ['MODE-12'] },
  { mode: 20, words: 'LTE off', writing: 'quiet', facts: ['MODE-13', 'CMNG-57'] },
  { mode: 21, words: 'LTE on', writing: 'active', facts: ['MODE-14'] },
  { mode: 30, words: 'GNSS off', writing: 'unclear', facts: ['MODE-15'] },
  { mode: 31, words: 'GNSS on', writing: 'unclear', facts: ['MODE-15', 'CMNG-57'] },
  { mode: 40, words: 'SIM off', writing: 'unclear', facts: ['MODE-16', 'CMNG-58'] },
  { mode: 41, words: 'SIM on', writing: 'unclear', facts: ['MODE-16', 'CMNG-58'] },
  { mode: 44, words: 'flight mode, SIM on', writing: 'quiet', facts: ['MODE-17', 'CMNG-57'] },
  { mode: 45, words: 'flight mode, registration kept', writing: 'unclear', facts: ['MODE-18', 'CMNG-59'] },
  { mode: 46, words: 'flight mode, registration kept, SIM on', writing: 'unclear', facts: ['MODE-18', 'CMNG-59'] },
]

/** The rules of a mode; an unknown one is unclear. */
export function functionalMode(mode: number): FunctionalModeRules {
  return (
    functionalModes.find((entry) => entry.mode === mode) ?? {
      mode,
      words: `mode ${mode}`,
      writing: 'unclear',
      facts: [],
    }
  )
}

/** `1 (on)`, `4 (flight mode)`. */
export function modeName(mode: number): string {
  return `${mode} (${functionalMode(mode).words})`
}
