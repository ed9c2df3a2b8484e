import type { BrokerRule } from '../finding.ts'

/** Somebody may be there and says nothing. */
export const noAnswer: BrokerRule = {
  class: 'no-answer',
  judge({ greeted, cut }) {
    const silent = greeted.end === 'timeout' || greeted.end === 'unreachable'
    if (!silent && !(greeted.end === 'reset' && !greeted.connected) && !cut) return undefined
    return {
      weight: 'unreached',
      what: whatOf(greeted.connected, cut && !silent),
      why: 'a firewall drops what is sent, the host is off, or what listens there waits for something else than TLS',
      fix: 'try from the network that the boards are in; --timeout gives it longer',
    }
  },
}

function whatOf(connected: boolean, cut: boolean): string {
  if (cut) return 'it stopped answering in the middle, so the rest is not known'
  return connected ? 'it takes connections and does not answer TLS' : 'nobody answers'
}
