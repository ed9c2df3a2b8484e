/** How far a statement about a board's credentials is proven, weakest first; only `session` prints PASS. */
export const proofs = ['none', 'presence', 'digest', 'rehearsed', 'session'] as const

/**
 * A grade of proof. `presence`: a listing shows the slot. `digest`: the listing's digest is that of our text.
 * `rehearsed`: the *host* connected with the same files, which says nothing of the modem. `session`: the broker's side
 * saw a full handshake with this board's certificate, begun after the last write, and an MQTT session on it.
 */
export type Proof = (typeof proofs)[number]

/** What every client id of a rehearsal begins with: the host has the same files as the board, and proves nothing of it. */
export const rehearsalPrefix = 'sectag-rehearsal-'

/** Whether `reached` is at least `asked`. */
export function reaches(reached: Proof, asked: Proof): boolean {
  return proofs.indexOf(reached) >= proofs.indexOf(asked)
}
