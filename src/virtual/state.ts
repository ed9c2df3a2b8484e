/** What of a virtual modem changes while it runs, its credential memory aside. */
export interface VirtualState {
  /** What `+CFUN` was last set to; 0 after each start. */
  functionalMode: number
  /** Whether LTE is on: GNSS and SIM modes leave it as it is (MODE-15, MODE-16). */
  lte: boolean
  /** Whether the SIM has power. */
  simOn: boolean
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
    lte: false,
    simOn: false,
    errorReporting: 0,
    registrationLevel: 0,
    registration: 0,
    smsRouting: { mode: 0, deliver: 0, broadcast: 0, report: 0 },
    sim: 'free',
    simUnlocked: false,
    supply: 3700,
  }
}

/** What a functional mode does to LTE and the SIM (MODE-09 to MODE-17). What it does not name stays as it is. */
const effects: Record<number, { lte?: boolean; simOn?: boolean }> = {
  0: { lte: false, simOn: false },
  1: { lte: true, simOn: true },
  2: { lte: true, simOn: true },
  4: { lte: false, simOn: false },
  20: { lte: false },
  21: { lte: true, simOn: true },
  40: { simOn: false },
  41: { simOn: true },
  44: { lte: false, simOn: true },
}

/** Sets a functional mode. A SIM that loses its power forgets that it was unlocked. */
export function setMode(state: VirtualState, mode: number): void {
  state.functionalMode = mode
  Object.assign(state, effects[mode] ?? {})
  if (!simIsOn(state)) state.simUnlocked = false
}

/** Whether LTE is on, which forbids writing credentials (CMNG-52, CMNG-56). */
export function isActive(state: VirtualState): boolean {
  return state.lte
}

/** Whether it has a network: LTE is on, and it is registered at home or roaming (MODE-30). */
export function isOnline(state: VirtualState): boolean {
  return state.lte && (state.registration === 1 || state.registration === 5)
}

/** Whether there is a SIM and it has power. */
export function simIsOn(state: VirtualState): boolean {
  return state.sim !== 'none' && state.simOn
}

/** Where a registered modem is, as much of it as the subscription asks for: from level 4 on with power saving timers (MODE-29). */
export function placeOf(state: VirtualState): { tac?: string; cell?: string; technology?: number; more?: string[] } {
  if (state.registration !== 1 || state.registrationLevel < 2) return {}
  const place = { tac: '002F', cell: '0012BEEF', technology: 7 }
  return state.registrationLevel < 4 ? place : { ...place, more: ['', '', '"11100000"', '"11100000"'] }
}
