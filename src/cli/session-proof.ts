import { proves } from '../broker/index.ts'
import type { Held } from '../modem/index.ts'
import type { Settled } from '../plan/index.ts'
import { credentialType, type Instant, slotKey } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { KnownBoard, OfTag } from './home/known.ts'
import { asSighting, type SeenSession, seenSessions } from './home/sessions.ts'

/** What the sessions that were seen say of a board: the ones that prove it, or why none does. */
export type SessionProof =
  | { readonly proven: true; readonly sessions: readonly SeenSession[]; readonly certificates: readonly OfTag[] }
  | { readonly proven: false; readonly why: string }

/** The client certificates that are wanted, by tag: from the files, or from what was issued for a key born in the modem. */
export function wantedCertificates(settled: Settled, known: KnownBoard | undefined): OfTag[] {
  return settled.wanted
    .filter((want) => want.type === credentialType.clientCertificate)
    .flatMap((want) => {
      const [leaf] = settled.materials.get(slotKey(want))?.certificates ?? []
      const fingerprint = leaf?.fingerprint ?? known?.enrolled(want.tag)?.fingerprint
      return fingerprint === undefined ? [] : [{ tag: want.tag, fingerprint }]
    })
}

/** Whether a witness saw a session with every certificate that is wanted, begun after the last write that is known. */
export function sessionProof(board: Board, settled: Settled): SessionProof {
  const known = board.known()
  if (board.home === undefined || known === undefined) return { proven: false, why: 'no session of it was seen' }
  const certificates = wantedCertificates(settled, known)
  if (certificates.length === 0)
    return { proven: false, why: 'no client certificate is wanted, so no session can be told from another' }
  const seen = seenSessions(board.home)
  const after = known.lastWrite ?? 0
  const sessions = certificates.flatMap(
    ({ fingerprint }) => seen.findLast((session) => proves(asSighting(session), { fingerprint, after })) ?? [],
  )
  if (sessions.length === certificates.length) {
    return board.openRun === undefined
      ? { proven: true, sessions, certificates }
      : { proven: false, why: 'a run on it is open, so nobody knows what it wrote' }
  }
  const old = certificates.some(({ fingerprint }) => seen.some((session) => session.fingerprint === fingerprint))
  return { proven: false, why: old ? 'no session of it was seen since the last write' : 'no session of it was seen' }
}

/** Keeps the listing after a proven session: the baseline for keys that nobody can hash from outside. */
export function keepBaseline(
  board: Board,
  { held, session }: { readonly held: readonly Held[]; readonly session: SessionProof },
  now: Instant,
): void {
  const known = board.known()
  if (!session.proven || known === undefined) return
  const { certificates } = session
  const last = known.facts.at(-1)
  const kept = last?.fact === 'proven' && JSON.stringify([last.certificates, last.held])
  if (kept !== JSON.stringify([certificates, held])) known.add({ fact: 'proven', at: now, certificates, held })
}
