import type { Asked } from '../../../tls/index.ts'
import type { BrokerRule } from '../finding.ts'

/** What hangs up at the first word of TLS: mostly the plain listener of an MQTT broker. */
export const plainPort: BrokerRule = {
  class: 'plain-port',
  judge({ greeted, plain, wider }) {
    if (!greeted.connected || !(hangsUp(greeted) && (wider === undefined || hangsUp(wider.any)))) return undefined
    if (plain === true) return { weight: 'refuses', what: 'it speaks MQTT without TLS', ...rest }
    return {
      weight: 'refuses',
      sure: false,
      what: 'it hangs up at the first word of TLS, as a plain MQTT listener does',
      ...rest,
    }
  },
}

const rest = {
  why: 'this is the port of a listener without TLS (often 1883); a board that is set to TLS gets nowhere there',
  facts: ['TLS-01'],
  fix: 'use the port with TLS (often 8883), or give the listener certfile, keyfile and cafile',
}

function hangsUp({ end, flight }: Asked): boolean {
  return (end === 'closed' || end === 'reset') && flight.hello === undefined
}
