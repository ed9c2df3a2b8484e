import type { BrokerRule } from '../finding.ts'

/** A door that is open to anybody, or may be. */
export const clientCertificateNotDemanded: BrokerRule = {
  class: 'client-certificate-not-demanded',
  judge({ demand }) {
    if (demand === 'not-asked')
      return {
        weight: 'note',
        what: 'no client certificate is asked for: whoever reaches the port gets through TLS',
        why: 'no board is known by its certificate there, and no session of it can be proven (PASS)',
        ...rest,
      }
    if (demand !== 'asked') return undefined
    return {
      weight: 'note',
      sure: false,
      what: 'a client certificate is asked for, and who shows none gets through TLS all the same',
      why: 'the broker may refuse it in MQTT, as that of `sectag watch` does; that is not tried without a certificate',
      ...rest,
    }
  },
}

const rest = {
  facts: ['TLS-27'],
  fix: 'in Mosquitto `require_certificate true` with a `cafile` of the CAs that boards come from',
}
