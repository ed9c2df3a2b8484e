import { proves } from '../broker/index.ts'
import type { Held } from '../modem/index.ts'
import type { Settled, SlotState } from '../plan/index.ts'
import { credentialType, type Instant, sameSlot, type Slot, slotKey, slotName } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { Home } from './home/home.ts'
import { type KnownBoard, type OfTag, otherCarriers } from './home/known.ts'
import { spokenOf } from './spoken-of.ts'
import { asSighting, type SeenSession, sessionsSince, wasSeen } from './home/sessions.ts'

/** What the sessions that were seen say of a board: the ones that prove it, or why none does. */
export type SessionProof =
  | {
      readonly proven: true
      readonly sessions: readonly SeenSession[]
      readonly certificates: readonly OfTag[]
      /** The slots of which these sessions speak. */
      readonly slots: readonly Slot[]
    }
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

/** What a session is judged with. */
interface Circumstances {
  /** What the board shows now. */
  readonly states: readonly SlotState[]
  /** The only client id that counts, where somebody said so. */
  readonly clientId?: string
}

/** Whether a witness saw a session with every certificate that is wanted, begun after the last write that is known. */
export function sessionProof(board: Board, settled: Settled, circumstances: Circumstances): SessionProof {
  const known = board.known()
  if (board.home === undefined || known === undefined) return { proven: false, why: 'no session of it was seen' }
  const certificates = wantedCertificates(settled, known)
  if (certificates.length === 0)
    return { proven: false, why: 'no client certificate is wanted, so no session can be told from another' }
  const doubt = doubtOf(board, known, settled, circumstances.states)
  if (doubt !== undefined) return { proven: false, why: doubt }
  const { clientId } = circumstances
  const after = known.lastWrite ?? 0
  const seen = sessionsSince(board.home, board.imei)
  const expected = certificates.map(({ fingerprint }) => ({
    fingerprint,
    after,
    ...(clientId !== undefined && { clientId }),
  }))
  const sessions = expected.flatMap((one) => seen.findLast((session) => proves(asSighting(session), one)) ?? [])
  if (sessions.length < certificates.length) return { proven: false, why: whyNone(board.home, certificates, clientId) }
  const shared = clientId === undefined ? sharedWith(board.home, board.imei, certificates) : undefined
  if (shared !== undefined) return { proven: false, why: shared }
  return { proven: true, sessions, certificates, slots: spokenOf(settled, certificates, sessions) }
}

/** Why no session whatever could prove this board now. */
function doubtOf(
  { openRun }: Board,
  known: KnownBoard,
  settled: Settled,
  states: readonly SlotState[],
): string | undefined {
  if (known.damaged !== undefined) return `${known.damaged} is damaged; whether it was written since is not known`
  if (openRun !== undefined) return 'a run on it is open, so nobody knows what it wrote'
  const wanted = settled.wanted.filter((want) => want.type === credentialType.clientCertificate)
  if (wantedCertificates(settled, known).length < wanted.length)
    return 'nothing is known of a certificate that it holds, so no session can be told to be its own'
  const other = settled.wanted.find((want) => {
    const unseen = states.some((state) => sameSlot(state, want) && state.is === 'unknowable')
    const text = known.writtenAs(want)
    return unseen && text !== undefined && want.variants?.every(({ sha256 }) => sha256 !== text) === true
  })
  return other === undefined
    ? undefined
    : `${slotName(other)} was last written from another text than the one wanted now`
}

function whyNone(home: Home, certificates: readonly OfTag[], clientId: string | undefined): string {
  const old = certificates.some(({ fingerprint }) => wasSeen(home, fingerprint))
  const id = clientId === undefined ? '' : ` with client id ${clientId}`
  return `no session of it${id} was seen${old ? ' since the last write' : ''}`
}

/** A session with a certificate that two boards hold is the session of either. */
function sharedWith(home: Home, board: string, certificates: readonly OfTag[]): string | undefined {
  const [other] = certificates.flatMap(({ fingerprint }) => otherCarriers(home, board, fingerprint))
  return other === undefined
    ? undefined
    : `the board ${other} was given the same certificate; --client-id can tell their sessions apart`
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
