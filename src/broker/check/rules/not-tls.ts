import type { BrokerRule } from '../finding.ts'

/** What answers in something else. */
export const notTls: BrokerRule = {
  class: 'not-tls',
  judge({ greeted, wider }) {
    const other = greeted.end === 'not-tls' || (greeted.end === 'malformed' && greeted.flight.hello === undefined)
    if (!other || wider?.any.flight.hello !== undefined) return undefined
    return {
      weight: 'refuses',
      what: 'what answers there does not speak TLS',
      why: 'it is the port of another service, or of a proxy that wants its own first words',
      facts: ['TLS-01'],
      fix: 'look which service listens there; the MQTT listener with TLS is often on 8883',
    }
  },
}
