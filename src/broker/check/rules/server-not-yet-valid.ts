import { isoTime, relativeTime } from '../../../terms/index.ts'
import { nameOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A date that has not come. */
export const serverNotYetValid: BrokerRule = {
  class: 'server-not-yet-valid',
  judge(survey) {
    const { now } = survey
    const early = chainOf(survey)?.path.find((certificate) => certificate.validFromDate.getTime() > now)
    if (early === undefined) return undefined
    const from = early.validFromDate.getTime()
    return {
      weight: 'refuses',
      what: `${nameOf(early)} is not valid before ${isoTime(from)}, ${relativeTime(from, now)}; this computer's clock says ${isoTime(now)}`,
      why: 'it was made by a computer with a fast clock, or this computer is behind; a modem takes its time from the network',
      facts: ['TLS-14', 'MODE-43'],
      fix: 'set the clock that is wrong, or issue it with a notBefore a day back, as `sectag ca issue` does',
      figures: { days: Math.ceil((from - now) / 86_400_000) },
    }
  },
}
