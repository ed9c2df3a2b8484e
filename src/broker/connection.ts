import type { Observed } from './watch.ts'

/** A connection that is open, as far as its handshake told. */
export interface Connection {
  readonly peer: string
  /** Its certificate was not to be seen: the handshake was resumed, or passed on unread. */
  readonly resumed: boolean
  readonly fingerprint?: string
  readonly subject?: string
}

/** Whether its handshake was good, as far as it was seen. */
export function isUp(told: Observed | undefined): told is Observed {
  return told !== undefined && told.refused === undefined && told.handshake !== 'none'
}

/** What is told of it. */
export function connectionOf({ peer, handshake, certificate }: Observed): Connection {
  const { fingerprint, subject } = certificate ?? {}
  return {
    peer,
    resumed: handshake !== 'full',
    ...(fingerprint !== undefined && { fingerprint }),
    ...(subject !== undefined && { subject }),
  }
}
