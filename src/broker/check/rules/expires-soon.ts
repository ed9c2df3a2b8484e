import { isoTime, relativeTime } from '../../../terms/index.ts'
import { nameOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A date that is near. */
export const expiresSoon: BrokerRule = {
  class: 'expires-soon',
  judge(survey) {
    const { now } = survey
    const path = chainOf(survey)?.path ?? []
    const soonest = path.toSorted((a, b) => a.validToDate.getTime() - b.validToDate.getTime())[0]
    const until = soonest?.validToDate.getTime() ?? now
    const days = Math.floor((until - now) / day)
    if (soonest === undefined || until < now || days >= soon) return undefined
    return {
      weight: 'note',
      what: `${nameOf(soonest)} expires at ${isoTime(until)}, ${relativeTime(until, now)}`,
      why: 'from then on boards that know the time refuse the broker, all at once',
      facts: ['TLS-14'],
      fix: 'renew it now: `sectag ca issue --profile server`, then reload the broker',
      figures: { days },
    }
  },
}

const day = 86_400_000
/** Days before the end from which on it is told. */
const soon = 21
