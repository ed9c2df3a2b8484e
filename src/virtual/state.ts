/** What of a virtual modem changes while it runs, its credential memory aside. */
export interface VirtualState {
  /** `+CFUN`; 0 after each start. */
  functionalMode: number
  /** `+CMEE`; 0 after each start. */
  errorReporting: number
  /** `+CEREG` level. */
  registrationLevel: number
  /** 0 not registered, 1 home, 2 searching, 90 SIM failure. */
  registration: number
  smsRouting: { mode: number; deliver: number; broadcast: number; report: number }
  /** `pin`: the SIM asks for its PIN at each start. */
  sim: 'free' | 'pin' | 'none'
  /** Whether the application has given the PIN since the SIM was started. */
  simUnlocked: boolean
  /** Millivolt. */
  supply: number
}

/** A modem right after its start. */
export function startState(): VirtualState {
  return {
    functionalMode: 0,
    errorReporting: 0,
    registrationLevel: 0,
    registration: 0,
    smsRouting: { mode: 0, deliver: 0, broadcast: 0, report: 0 },
    sim: 'free',
    simUnlocked: false,
    supply: 3700,
  }
}

/** Whether the radio is active, which forbids writing credentials (CMNG-52, CMNG-56). */
export function isActive(state: VirtualState): boolean {
  return [1, 2, 21].includes(state.functionalMode)
}

/** Whether the SIM has power: flight mode switches it off, mode 44 leaves it on (MODE-12, MODE-17). */
export function simIsOn(state: VirtualState): boolean {
  return state.sim !== 'none' && (isActive(state) || [20, 31, 41, 44].includes(state.functionalMode))
}
