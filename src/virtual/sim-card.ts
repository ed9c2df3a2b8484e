/** What a SIM knows of its PIN; it stays with the SIM, whatever the modem does. */
export interface SimPin {
  readonly pin: string
  /** How many wrong PINs it still takes; at 0 it wants its PUK. */
  readonly left: number
}

/** What every virtual SIM comes with (MODE-58). */
export const usualSim = { pin: '1234', puk: '12345678', tries: 3 } as const

/** A SIM that has never been given a wrong PIN. */
export const newSim: SimPin = { pin: usualSim.pin, left: usualSim.tries }
