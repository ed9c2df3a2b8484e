import type { BrokerRule } from '../finding.ts'

/** Nobody knows the name. */
export const noSuchHost: BrokerRule = {
  class: 'no-such-host',
  judge({ greeted, host }) {
    if (greeted.end !== 'name-not-found') return undefined
    return {
      weight: 'unreached',
      what: `there is no such host: ${host}`,
      why: 'the name is wrong, or this computer cannot look it up; a board asks the resolver of its network',
      fix: 'name the broker as DNS knows it, or by its address with --name for what boards call it',
    }
  },
}
