import type { BrokerRule } from '../finding.ts'

/** TLS that is good, and a broker that refuses the session. */
export const mqttRefused: BrokerRule = {
  class: 'mqtt-refused',
  judge({ session }) {
    if (session === undefined || session.accepted) return undefined
    const { code } = session
    return {
      weight: code !== undefined && aboutTheClient.has(code) ? 'open' : 'refuses',
      what: `TLS is good, and no MQTT session came of it: ${code === undefined ? 'no answer to CONNECT' : `CONNACK ${code}${meanings[code] ?? ''}`}`,
      why: "it was tried with a client id of sectag's own: a broker that allows each certificate its own client id only refuses that, and would take the board",
      sure: false,
      fix: "look into the broker's log and access rules; `sectag watch` waits for the board's own session",
      ...(code !== undefined && { figures: { code } }),
    }
  },
}

/** What a broker may say to our client id and not to a board's. */
const aboutTheClient = new Set([2, 5, 133, 135])

/** Return codes of MQTT 3.1.1 and reason codes of MQTT 5. */
const meanings: Readonly<Record<number, string>> = {
  1: ', unacceptable protocol version',
  2: ', identifier rejected',
  3: ', server unavailable',
  4: ', bad user name or password',
  5: ', not authorised',
  133: ', client identifier not valid',
  134: ', bad user name or password',
  135: ', not authorised',
  136: ', server unavailable',
  138: ', banned',
}
