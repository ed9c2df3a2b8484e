import { typeName } from '../terms/index.ts'
import { emptyListings } from './empty-listings.ts'
import type { Facts } from './gather.ts'
import { namesOf, setOf } from './rules/absence.ts'

/** What nobody has said yet, of what matters most; in words. */
export function unknownOf(facts: Facts): string[] {
  return [...unknownSlots(facts), ...unknownBuild(facts), ...unknownBroker(facts), ...unknownPower(facts)]
}

function unknownSlots(facts: Facts): string[] {
  const set = setOf(facts)
  const tag = 'which security tag the application uses'
  if (set === undefined) return [emptyListings(facts).length > 0 ? tag : `${tag}, and what it holds`]
  const missing = set.states.filter(({ state }) => state.is === 'unknown' || state.is === 'maybe-absent')
  return missing.length === 0 ? [] : [`whether tag ${set.tag} holds ${namesOf(missing)}`]
}

function unknownBuild(facts: Facts): string[] {
  const decides = new Set(facts.connects.flatMap(({ reading }) => reading.decides))
  const words = { ncs: 'the SDK version', libc: 'the C library', build: 'which numbers this build prints' } as const
  const asked = [...decides].map((what) => words[what])
  return asked.length === 0 ? [] : [`${asked.join(' and ')} of the application that printed the number`]
}

function unknownBroker(facts: Facts): string[] {
  return facts.of('distrust').length + facts.of('connack').length + facts.of('broker-log').length > 0
    ? []
    : ["what the broker's side saw"]
}

function unknownPower(facts: Facts): string[] {
  const set = setOf(facts)
  const absent = set?.states.find(({ state }) => state.is === 'absent')
  if (absent === undefined || facts.of('power').length > 0) return []
  return [`why the ${typeName(absent.type)} is not there: nothing was heard of the power, or of who wrote last`]
}
