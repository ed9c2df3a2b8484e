import type { Cause } from './cause.ts'
import type { FactOf } from './facts.ts'
import type { Facts } from './gather.ts'
import type { Matter } from './prose/matters.ts'
import { ledByNative, ofNative } from './native-leads.ts'
import { credentialNumbers, setOf, typesThat } from './rules/absence.ts'
import { isRegistered } from './rules/radio.ts'
import { seen } from './rules/seen.ts'
import { type Judgement, judgement, type Point, point, strength } from './rule.ts'
import type { Sign } from './signs/tables.ts'
import { suspects } from './suspects.ts'

/** What makes causes likely and says nothing of a stage. */
const leads: Partial<Record<Sign, Partial<Record<Cause, number>>>> = {
  'no-check-cures': { 'cred-wrong-ca': 3, 'server-ca-rotated': 2, 'hostname-mismatch': 2 },
  'connect-unanswered': {
    'broker-policy-denies': 1.5,
    'plain-on-tls-port': 2,
    'client-cert-not-registered': 1.5,
    'app-config': 1,
    'net-blocked': 0.5,
  },
  'session-lost': { 'broker-policy-denies': 1.5, 'mqtt-duplicate-client-id': 1.5, 'mqtt-keepalive-timeout': 1.5 },
  unauthorized: {
    'client-cert-not-registered': 3,
    'mqtt-bad-credentials': 3,
    'client-cert-inactive': 2,
    'broker-policy-denies': 2,
  },
  'dials-itself': { 'app-config': 3, 'net-blocked': 2, 'broker-config': 2 },
  'no-check-in-vain': {
    'client-cert-missing': 1.5,
    'tls-version-mismatch': 1,
    'app-memory-or-buffer': 1,
    'net-blocked': 0.5,
    'key-cert-mismatch': 1,
  },
  'tls-stands': {
    'broker-policy-denies': 1.5,
    'client-cert-not-registered': 1,
    'mqtt-bad-credentials': 0.5,
    'client-cert-inactive': 1,
  },
  'server-accepted': {
    'tls-version-mismatch': 1,
    'client-cert-inactive': 1,
    'key-cert-mismatch': 1,
    'client-cert-not-registered': 1,
    'broker-does-not-trust-client-chain': 1,
  },
  'computer-works': {
    'app-config': 1.5,
    'app-memory-or-buffer': 0.5,
    'tls-version-mismatch': 1,
    'clock-not-set': 0.5,
    'cred-wrong-ca': 0.5,
    'broker-policy-denies': 0.5,
    'pem-format': 0.5,
  },
  'computer-fails-too': { 'broker-policy-denies': 1, 'broker-config': 1, 'server-ca-rotated': 1, 'cred-wrong-ca': 1 },
  'own-board': { 'hardware-fault': 0.7, 'at-uart-problem': 0.5, 'sim-failure': 0.3 },
}

/** What cannot be, whatever people tell: what is listed is not missing, and who is registered has a SIM and a network. */
export function isClosed(cause: Cause, facts: Facts): boolean {
  if (cause === 'cred-slot-empty' || cause === 'cred-lost-after-power-event')
    return typesThat(setOf(facts), 'held').length > 0
  return (cause === 'sim-failure' || cause === 'sim-not-active') && isRegistered(facts)
}

/** What a line that says who does not accept whom has told better. */
const ofTls: ReadonlySet<Matter> = new Set(['certificate', 'tls'])

/** What is told in words that nobody knows beforehand weighs less than it could. */
const ofWords = 0.85

/** What somebody tells to fail, as points for the causes that are likely then. */
function failingOf(cause: Cause, facts: Facts): Point[] {
  const toldBetter = facts.of('distrust').length > 0
  return facts.of('matter').flatMap((fact) => {
    const { matter, is } = fact.value
    const { words, failing } = suspects[matter]
    const weight = failing?.[cause]
    if (is !== 'failing' || weight === undefined || (toldBetter && ofTls.has(matter))) return []
    return [point(weight * ofWords, `what is told to fail is ${words}`, fact)]
  })
}

function pointsFor(cause: Cause, facts: Facts): Point[] {
  const weights = Object.entries(leads).flatMap(([sign, causes]) => {
    const weight = causes[cause]
    return weight === undefined ? [] : [[sign, weight] as const]
  })
  return [
    ...failingOf(cause, facts),
    ...seen(facts, Object.fromEntries(weights)),
    ...ofTag(cause, facts),
    ...ofNumber(cause, facts),
    ...ofNative(cause, facts),
  ]
}

/** A number that may be a credential's, and a tag that somebody names and nobody has listed: then one looks there first. */
function ofTag(cause: Cause, facts: Facts): Point[] {
  const [fact] = facts.tag?.from ?? []
  if (fact === undefined || !isTold(facts) || credentialNumbers(facts).length === 0 || !storeFirst.has(cause)) return []
  if (typesThat(setOf(facts), 'held').length > 0) return []
  return [point(strength.hint * 0.75, 'the application uses a security tag, and TLS may not have come up', fact)]
}

/** A number of TLS, and nothing that separates its reasons. */
function ofNumber(cause: Cause, facts: Facts): Point[] {
  return cause === 'tls-handshake-unspecified' && isTold(facts) && facts.of('distrust').length === 0
    ? credentialNumbers(facts)
        .slice(0, 1)
        .map(({ reason }) => ({ reason, weight: 1.2 }))
    : []
}

const storeFirst: ReadonlySet<Cause> = new Set(['cred-slot-empty', 'cred-wrong-ca'])

const likely = [...Object.values(leads), ...Object.values(suspects).map(({ failing = {} }) => failing)]
const led = new Set([...likely.flatMap((causes) => Object.keys(causes) as Cause[]), ...ledByNative])

/** Who speaks of so many things tells something, whatever the words. */
const severalMatters = 3

/** Whether somebody tells in words what is the matter, beside numbers and dialogues. */
export function isTold(facts: Facts): boolean {
  return (
    facts.of('seen').some(({ value }) => value.loosely === true) ||
    facts.of('matter').some(({ value }) => value.is === 'failing') ||
    facts.of('matter').length >= severalMatters
  )
}

/** Said once, half a hint; whoever says it over and over suspects it. */
function weightOf({ times }: FactOf<'matter'>): number {
  return (strength.hint / 2) * Math.min(times + 1, 4)
}

/** What is spoken of, as points for the causes that it may stand for. */
function spokenOf(facts: Facts): Map<Cause, Point[]> {
  const points = new Map<Cause, Point[]>()
  for (const fact of facts.of('matter')) {
    const { words, spoken = [] } = suspects[fact.value.matter]
    if (fact.value.is !== 'spoken-of') continue
    for (const cause of spoken)
      points.set(cause, [...(points.get(cause) ?? []), point(weightOf(fact), `what is told speaks of ${words}`, fact)])
  }
  return points
}

/** Adds what the stage makes likely. */
function withLikely(judged: ReadonlyMap<Cause, Judgement>, facts: Facts): Map<Cause, Judgement> {
  const all = new Map(judged)
  for (const cause of led) {
    const found = isClosed(cause, facts) ? undefined : judgement(pointsFor(cause, facts))
    if (found === undefined) continue
    const own = judged.get(cause)
    all.set(
      cause,
      own === undefined ? found : { ...own, weight: own.weight + found.weight, for: [...own.for, ...found.for] },
    )
  }
  return all
}

/** Adds what is spoken of, where nothing is sure. */
function withSpoken(judged: ReadonlyMap<Cause, Judgement>, facts: Facts): Map<Cause, Judgement> {
  const all = new Map(judged)
  for (const [cause, points] of spokenOf(facts)) {
    const found = judged.get(cause)
    const spoken = judgement(points)
    if (spoken === undefined || (found !== undefined && found.weight >= strength.strong * ofWords)) continue
    all.set(cause, found === undefined ? spoken : { ...found, weight: found.weight + spoken.weight })
  }
  return all
}

/** Adds to what rules judged what a text is about: what it tells to fail, and then what it speaks of. */
export function withLeads(judged: ReadonlyMap<Cause, Judgement>, facts: Facts): Map<Cause, Judgement> {
  return withSpoken(withLikely(judged, facts), facts)
}
