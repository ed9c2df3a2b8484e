import type { BrokerRule } from '../finding.ts'

/** Nothing listens there. */
export const noListener: BrokerRule = {
  class: 'no-listener',
  judge({ greeted, port }) {
    if (greeted.connected || greeted.end !== 'refused') return undefined
    return {
      weight: 'unreached',
      what: `nothing listens at port ${port}`,
      why: 'the broker is down, or listens on another port or address (127.0.0.1 only, for one)',
      fix: 'start the broker, and look at its `listener` line; a firewall that refuses looks the same',
    }
  },
}
