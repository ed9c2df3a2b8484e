import type { Clock, Instant } from '../terms/index.ts'

/** How a modem was started lately, and until when it may not attach. */
export interface Starts {
  /** Starts in a row that came without `+CFUN=0` before them. */
  readonly unclean: number
  readonly blockedUntil?: Instant
}

/** A modem that has never been started anew. */
export const noStarts: Starts = { unclean: 0 }

/** POW-29 (OPEN) */
const most = 7
/** Milliseconds for which attach is blocked (POW-19). */
const blockLasts = 30 * 60_000

/**
 * One more start. `clean`: `+CFUN=0` came before it, which keeps what is left of a block; an unclean one begins it anew
 * (POW-22). `forgiven`: a factory reset has ended it (POW-23).
 */
export function started(starts: Starts, how: { clean: boolean; forgiven: boolean }, clock: Clock): Starts {
  if (how.forgiven) return noStarts
  if (how.clean) return { ...starts, unclean: 0 }
  const unclean = starts.unclean + 1
  const blocked = unclean >= most || isBlocked(starts, clock.now())
  return { unclean, ...(blocked && { blockedUntil: clock.now() + blockLasts }) }
}

/** Whether attach is blocked (POW-20). */
export function isBlocked({ blockedUntil }: Starts, now: Instant): boolean {
  return blockedUntil !== undefined && now < blockedUntil
}
