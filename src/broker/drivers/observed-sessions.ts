import { ok, refused } from '../../terms/index.ts'
import type { Observer } from '../observer.ts'
import type { Sessions } from './driver.ts'

/**
 * Sessions of any broker that boards reach through an observer of ours: it knows each connection by its certificate and
 * cuts exactly those. A connection whose handshake was resumed showed no certificate; while there is one, nobody can tell.
 */
export function sessionsThrough(observer: Observer): Sessions {
  return {
    sessions: () => Promise.resolve(ok(observer.connections())),
    endSessions({ fingerprint }) {
      const ended = observer.cut(fingerprint)
      const unknown = observer.connections().filter(({ resumed }) => resumed)
      if (unknown.length === 0) return Promise.resolve(ok({ ended }))
      const text = `${unknown.length} connections showed no certificate, because their handshake was resumed`
      const state = `${ended} sessions were ended; one of these may be of the certificate too`
      return Promise.resolve(refused({ code: 'cannot-tell', text, state }))
    },
  }
}
