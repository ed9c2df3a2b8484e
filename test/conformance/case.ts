import type { VirtualModem } from '../../src/virtual/index.ts'

/** What a case rests on: a document of the vendor, something seen (code, logs), our conclusion, or our own choice. */
export type Grade = 'documented' | 'seen' | 'inferred' | 'ours'

/** Looks at an answer that no two modems give alike; `before` are the earlier answers of the dialogue. */
export interface Look {
  readonly shows: string
  holds(text: string, before: readonly string[]): boolean
}

/** A command, all lines that must come (joined by CR LF, the final result last), and how many milliseconds it takes. */
export type Asked = readonly [say: string, hears: string | RegExp | Look, takesMs?: number]

/** What the world does to the modem. */
export interface Event {
  readonly event: string
  happens(modem: VirtualModem): unknown
}

/** What no command tells, and is seen from the network's side. */
export interface Glance {
  readonly shows: string
  seen(modem: VirtualModem): boolean
}

/** One turn of a dialogue. */
export type Turn = Asked | Event | Glance

/** One dialogue, and on which firmware lines a modem holds it. */
export interface Case {
  /** A sentence; `M37` in it is a statement of docs/facts/README.md. */
  readonly title: string
  /** The fact that carries it; its page has the public source. */
  readonly fact: string
  readonly grade: Grade
  /** Firmware lines by name. */
  readonly on: readonly string[]
  /** The chip, where it matters. */
  readonly chip?: string
  readonly dialogue: readonly Turn[]
}

/** Refusals carry numbers from here on. */
export const numbered: Asked = ['AT+CMEE=1', 'OK']

/** `+CME ERROR: <code>` */
export const cme = (code: number): string => `+CME ERROR: ${code}`

/** The supply falls or rises to so many millivolt. */
export const supply = (millivolt: number): Event => ({
  event: `the supply is ${millivolt} mV`,
  happens: (modem) => (modem.state.supply = millivolt),
})

/** Power gone and back. */
export const restart: Event = { event: 'restart', happens: (modem) => modem.restart() }

/** There is another SIM, or none. */
export const sim = (kind: 'free' | 'pin' | 'none'): Event => ({
  event: `the SIM is ${kind}`,
  happens: (modem) => (modem.state.sim = kind),
})
