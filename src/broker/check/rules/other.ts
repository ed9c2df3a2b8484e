import type { BrokerRule } from '../finding.ts'
import { answers } from '../survey.ts'

/** What ends a modem's handshake and is none of the other classes. It is asked only where they all are silent. */
export const other: BrokerRule = {
  class: 'other',
  judge(survey) {
    const { entry, greeted } = survey
    if (entry?.ok === true) return undefined
    if (entry === undefined && answers(survey)) return undefined
    // Whoever has no certificate to show is refused behind the server's: that says nothing against the server.
    if (entry !== undefined && entry.refusal.stage === 'client-certificate' && !survey.clientShown) return undefined
    const { alert } = greeted.flight
    const said = entry?.refusal.reason ?? (alert === undefined ? greeted.end : `alert ${alert}`)
    return {
      weight: 'refuses',
      sure: false,
      what: `a modem would not get through the handshake: ${said}`,
      why: 'unknown: it is in no table of ours',
      fix: "look into the broker's log, and at `openssl s_client -tls1_2 -showcerts -connect HOST:PORT`",
    }
  },
}
