import type { Cause } from './cause.ts'
import type { Facts } from './gather.ts'
import { ledByNative, ofNative } from './native-leads.ts'
import { credentialNumbers, setOf, typesThat } from './rules/absence.ts'
import { isRegistered } from './rules/radio.ts'
import { seen } from './rules/seen.ts'
import { type Judgement, judgement, type Point, point, strength } from './rule.ts'
import type { Sign } from './signs/tables.ts'

/**
 * Where it fails, as people tell it, and what is likely there. This decides nothing: it lets the likeliest causes of a stage lead
 * where no rule is sure. General knowledge of the stages, not counted (`failures.md` has no shares).
 */
const leads: Partial<Record<Sign, Partial<Record<Cause, number>>>> = {
  'trouble-with-sim': { 'sim-failure': 2, 'sim-not-active': 1, 'hardware-fault': 0.5 },
  'trouble-with-bearer': { 'net-apn': 2, 'net-blocked': 0.5, 'sim-not-active': 0.5 },
  'trouble-with-tls': {
    'cred-wrong-ca': 0.8,
    'tls-handshake-unspecified': 3,
    'cred-slot-empty': 0.5,
    'tls-version-mismatch': 1,
    'cert-chain-too-large': 0.5,
    'app-memory-or-buffer': 0.5,
    'handshake-timeout': 0.5,
    'key-cert-mismatch': 0.5,
  },
  'certificate-not-accepted': {
    'cred-wrong-ca': 2.5,
    'broker-does-not-trust-client-chain': 1.5,
    'server-ca-rotated': 1,
    'hostname-mismatch': 1,
    'clock-not-set': 1,
  },
  'trouble-with-server': { 'net-blocked': 1, 'cred-wrong-ca': 0.5, 'broker-policy-denies': 0.5, 'broker-config': 1 },
  'trouble-with-session': {
    'broker-policy-denies': 1.5,
    'mqtt-duplicate-client-id': 1.5,
    'mqtt-keepalive-timeout': 1.5,
    'library-bug': 0.5,
  },
  'connect-unanswered': {
    'broker-policy-denies': 1.5,
    'plain-on-tls-port': 2,
    'client-cert-not-registered': 1.5,
    'net-blocked': 0.5,
  },
  'session-lost': { 'broker-policy-denies': 1.5, 'mqtt-duplicate-client-id': 1.5, 'mqtt-keepalive-timeout': 1.5 },
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
  'trouble-with-messages': { 'broker-policy-denies': 2, 'app-config': 1.5, 'library-bug': 0.5 },
  'trouble-with-modem': {
    'modem-init-failed': 2,
    'modem-crash': 1,
    'version-incompatible': 1,
    'wrong-image-or-target': 1,
    'hardware-fault': 1,
  },
  'trouble-with-application': { 'app-memory-or-buffer': 1.5, 'app-config': 1.5, 'library-bug': 1.5, 'modem-crash': 1 },
  'trouble-with-serial': { 'at-uart-problem': 2, 'modem-init-failed': 0.5, 'wrong-image-or-target': 0.5 },
  'trouble-with-write': {
    'pem-format': 1,
    'app-config': 2,
    'at-uart-problem': 1.5,
    'cred-store-corrupt': 0.5,
    'cred-content-malformed': 0.5,
    'supply-voltage-low': 0.5,
  },
  'trouble-with-download': {
    'cred-wrong-ca': 1,
    'cred-slot-empty': 0.5,
    'cert-chain-too-large': 1,
    'library-bug': 1,
    'app-memory-or-buffer': 0.5,
  },
  'trouble-with-image': { 'wrong-image-or-target': 2, 'version-incompatible': 1, 'hardware-fault': 0.5 },
  'no-check-cures': { 'cred-wrong-ca': 3, 'server-ca-rotated': 2, 'hostname-mismatch': 2 },
  'own-board': { 'hardware-fault': 0.7, 'at-uart-problem': 0.5, 'sim-failure': 0.3 },
}

/** What cannot be, whatever people tell: what is listed is not missing, and who is registered has a SIM and a network. */
function isClosed(cause: Cause, facts: Facts): boolean {
  if (cause === 'cred-slot-empty') return typesThat(setOf(facts), 'held').length > 0
  return (cause === 'sim-failure' || cause === 'sim-not-active') && isRegistered(facts)
}

/** What a line that says who does not accept whom has told better. */
const ofTls: ReadonlySet<string> = new Set(['certificate-not-accepted', 'trouble-with-tls'])

function pointsFor(cause: Cause, facts: Facts): Point[] {
  const weights = Object.entries(leads).flatMap(([sign, causes]) => {
    const weight = causes[cause]
    return weight === undefined ? [] : [[sign, weight] as const]
  })
  // Where a line says who does not accept whom, that it happened says nothing more.
  const told = facts.of('distrust').length > 0
  const open = weights.filter(([sign]) => !(told && ofTls.has(sign)))
  return [
    ...(open.length === 0 ? [] : seen(facts, Object.fromEntries(open))),
    ...ofTag(cause, facts),
    ...ofNumber(cause, facts),
    ...ofNative(cause, facts),
  ]
}

/** A number that may be a credential's, and a tag that somebody names: then the store is where one looks first. */
function ofTag(cause: Cause, facts: Facts): Point[] {
  const [fact] = facts.tag?.from ?? []
  if (fact === undefined || !isTold(facts) || credentialNumbers(facts).length === 0 || !storeFirst.has(cause)) return []
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

const led = new Set([...Object.values(leads).flatMap((causes) => Object.keys(causes) as Cause[]), ...ledByNative])

/** Whether somebody tells in words what is the matter, beside numbers and dialogues. */
export function isTold(facts: Facts): boolean {
  return facts.of('seen').some(({ value }) => value.loosely === true)
}

/** Adds to what rules say what the stage makes likely. */
export function withLeads(judged: ReadonlyMap<Cause, Judgement>, facts: Facts): Map<Cause, Judgement> {
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
