import { isoTime, relativeTime } from '../../../terms/index.ts'
import { nameOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A date that has passed. */
export const serverExpired: BrokerRule = {
  class: 'server-expired',
  judge(survey) {
    const { now } = survey
    const expired = chainOf(survey)?.path.find((certificate) => certificate.validToDate.getTime() < now)
    if (expired === undefined) return undefined
    const until = expired.validToDate.getTime()
    return {
      weight: 'refuses',
      what: `${nameOf(expired)} expired at ${isoTime(until)}, ${relativeTime(until, now)}`,
      why: 'a modem that knows the time refuses it, and its application sees a credential failure; one without a clock does not look',
      facts: ['TLS-14', 'MODE-43', 'MODE-44'],
      fix: 'renew it: `sectag ca issue --profile server`, then reload the broker',
      figures: { days: Math.trunc((until - now) / 86_400_000) },
    }
  },
}
