import { noStarts, type Starts } from './reset-loop.ts'
import { newSim, type SimPin } from './sim-card.ts'

/** The mobile network around a modem. What is not said is as it should be. It may change while the modem runs. */
export interface Coverage {
  /** `none`: nothing is heard here. */
  coverage?: 'ok' | 'none'
  /** The EMM cause with which it refuses this SIM (MODE-34, MODE-46). */
  refuses?: number
  /** `unknown`: the access point that the SIM asks for does not exist (MODE-53). */
  apn?: 'ok' | 'unknown'
  /** Whether it is another network than the SIM's own. */
  roaming?: boolean
  /** Whether it tells the time; without it the modem knows it only when it is told (MODE-42). */
  time?: boolean
  /** Quarters of an hour between its time and UTC. */
  zone?: number
}

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
  /** 0 not registered, 1 home, 2 searching, 3 refused, 5 roaming, 90 SIM failure. */
  registration: number
  smsRouting: { mode: number; deliver: number; broadcast: number; report: number }
  /** `pin`: the SIM asks for its PIN at each start. */
  sim: 'free' | 'pin' | 'none'
  /** Whether the application has given the PIN since the SIM was started. */
  simUnlocked: boolean
  /** What the SIM knows of its PIN. */
  simPin: SimPin
  /** Millivolt. */
  supply: number
  /** `%XPOFWARN`: on or off as it was set, else as the firmware has it; and below which millivolt. `given`: it has warned, and does so again after `+CFUN=1`. */
  powerWarning: { on?: boolean; threshold: number; given: boolean }
  network: Coverage
  /** Too many starts without `+CFUN=0` block the network (POW-19). */
  starts: Starts
  /** How many searches for it are under way. */
  searches: number
  /** The EMM cause of the last refusal. */
  refused?: number
  /** An EMM cause that is remembered until the SIM loses its power by `+CFUN=0` (MODE-47). */
  forbidden?: number
  /** What `+CEER` tells. */
  lastFailure?: string
  /** How far its time is ahead of the world's, in milliseconds, and its zone in quarters of an hour; absent until it is known. */
  time?: { ahead: number; zone: number; summer?: number }
  /** `+CSCON` level, and whether the radio connection is up. */
  connectionLevel: number
  connected: boolean
  /** `%MDMEV` and `+CGEREP`. */
  modemEvents: boolean
  packetEvents: boolean
  /** What `%XFACTORYRESET` will do at the next start. */
  resetPending?: number
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
    simPin: newSim,
    supply: 3700,
    powerWarning: { threshold: 3000, given: false },
    network: {},
    starts: noStarts,
    searches: 0,
    connectionLevel: 0,
    connected: false,
    modemEvents: false,
    packetEvents: false,
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
  // MODE-47
  if (mode === 0) delete state.forbidden
}

/** Whether LTE is on, which forbids writing credentials (CMNG-52, CMNG-56). */
export function isActive(state: VirtualState): boolean {
  return state.lte
}

/** Whether there is a SIM and it has power. */
export function simIsOn(state: VirtualState): boolean {
  return state.sim !== 'none' && state.simOn
}

/** Whether there is a network: LTE is on, and it is registered at home or roaming (MODE-30). */
export function isRegistered(state: VirtualState): boolean {
  return state.lte && (state.registration === 1 || state.registration === 5)
}

/** Where a modem is that hears a network. */
export const place = { tac: '002F', cell: '0012BEEF', technology: 7 } as const

/**
 * What stands behind the status, as much as the level asks for: from 2 on the place, from 4 on the timers of power saving
 * (MODE-29), in 3 and 5 why the network refused (MODE-33).
 */
export function placeOf(state: VirtualState): { tac?: string; cell?: string; technology?: number; more?: string[] } {
  const level = state.registrationLevel
  if (level < 2) return {}
  if (state.registration === 3 && state.refused !== undefined && level % 2 === 1)
    return { ...place, more: ['0', String(state.refused)] }
  if (!isRegistered(state)) return {}
  return level < 4 ? place : { ...place, more: ['', '', '"11100000"', '"11100000"'] }
}
