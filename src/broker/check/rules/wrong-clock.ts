import { isoTime } from '../../../terms/index.ts'
import type { BrokerRule } from '../finding.ts'

/** Two clocks that differ: the server's, where its handshakes tell it, and this computer's. */
export const wrongClock: BrokerRule = {
  class: 'wrong-clock',
  judge({ serverClock, now }) {
    if (serverClock === undefined || Math.abs(serverClock - now) < day) return undefined
    return {
      weight: 'note',
      sure: false,
      what: `the server's clock says ${isoTime(serverClock)}, this computer's ${isoTime(now)}`,
      why: 'one of them is wrong: a broker that is behind refuses new client certificates, one that is ahead refuses old ones',
      facts: ['MODE-43'],
      fix: 'set them by NTP; what is said of dates here is by the clock of this computer',
      figures: { seconds: Math.round((serverClock - now) / 1000) },
    }
  },
}

const day = 86_400_000
