import type { Cause } from './cause.ts'
import type { FactOf } from './facts.ts'
import type { Facts } from './gather.ts'
import { type Judgement, type Point, point, strength } from './rule.ts'
import { seen } from './rules/seen.ts'
import type { Sign } from './signs/tables.ts'

type Against = Partial<Record<Cause, number>>

const every = (weight: number, ...causes: readonly Cause[]): Against =>
  Object.fromEntries(causes.map((cause) => [cause, -weight]))

/** Causes that lie with the other end, whoever connects. */
const ofServer = ['broker-config', 'server-ca-rotated', 'client-cert-inactive', 'client-cert-not-registered'] as const

/** Causes that need the server's certificate to be refused. */
const ofServerTrust = [
  'cred-wrong-ca',
  'server-ca-rotated',
  'leaf-pinned-instead-of-root',
  'hostname-mismatch',
] as const

/** Causes by which a client never gets as far as a session. */
const beforeSession = [
  ...ofServerTrust,
  'cred-slot-empty',
  'tls-version-mismatch',
  'tls-handshake-unspecified',
] as const

/** What was tried with another part speaks against what it would have shown; no more than a sign, as people try one thing and tell two. */
const against: Partial<Record<Sign, Against>> = {
  'computer-works': {
    ...every(strength.sign, ...ofServer),
    ...every(strength.hint, 'broker-does-not-trust-client-chain', 'mqtt-bad-credentials', 'net-blocked'),
  },
  'computer-fails-too': every(
    strength.hint * 1.5,
    'app-memory-or-buffer',
    'library-bug',
    'app-config',
    'cred-slot-empty',
    'cred-in-other-store',
    'modem-crash',
    'version-incompatible',
  ),
  // A file that cannot be loaded is there to be set right, whoever issued what is in it.
  'listener-misconfigured': every(strength.hint * 1.5, 'server-ca-rotated'),
  'policy-forbids': every(strength.sign, 'client-cert-not-registered', 'client-cert-inactive', 'server-ca-rotated'),
  'closed-without-connack': every(strength.hint * 1.5, 'library-bug', 'app-config', 'net-blocked'),
  'one-unit': every(strength.sign, 'broker-config', 'server-ca-rotated', 'tls-version-mismatch', 'library-bug'),
  // Where the names differ, a certificate that changed is told better by its name.
  'names-differ': every(strength.sign, 'server-ca-rotated', 'cred-wrong-ca'),
  // Who has no version in common never comes as far as CONNECT.
  'no-common-version': every(
    strength.strong,
    'mqtt-bad-credentials',
    'mqtt-duplicate-client-id',
    'mqtt-keepalive-timeout',
    'broker-policy-denies',
  ),
  'server-accepted': every(strength.strong, ...ofServerTrust, 'clock-not-set'),
  'tls-stands': every(strength.sign, ...beforeSession, 'clock-not-set', 'handshake-timeout', 'key-cert-mismatch'),
  'no-check-in-vain': every(strength.sign, ...ofServerTrust, 'clock-not-set'),
  'no-check-cures': every(
    strength.sign,
    'client-cert-missing',
    'broker-does-not-trust-client-chain',
    'broker-policy-denies',
    'plain-on-tls-port',
    'key-cert-mismatch',
    'tls-version-mismatch',
  ),
  'network-stands': every(
    strength.sign,
    'net-not-registered',
    'net-rat-not-available',
    'net-plmn-reject',
    'net-sticky-reject',
    'sim-failure',
    'modem-init-failed',
    'modem-unclean-shutdown',
  ),
  'tag-full': every(
    strength.strong,
    'cred-slot-empty',
    'cred-lost-after-power-event',
    'cred-set-incomplete',
    'cred-wrong-sec-tag',
    'cred-in-other-store',
  ),
  'sim-fine': { ...every(strength.sign, 'sim-failure'), ...every(strength.hint * 1.5, 'sim-not-active') },
  'modem-answers': {
    ...every(strength.sign, 'modem-init-failed'),
    ...every(strength.hint, 'wrong-image-or-target', 'modem-crash'),
  },
  'unit-fine': every(strength.sign, 'hardware-fault'),
  'other-network-works': every(strength.hint, 'cred-wrong-ca', 'cred-slot-empty', 'tls-handshake-unspecified'),
}

/** What needs a modem of this family and its store; its pairs of firmware and SDK above all. */
const ofModem = {
  ...every(strength.strong, 'version-incompatible'),
  ...every(
    strength.sign,
    'cred-slot-empty',
    'cred-lost-after-power-event',
    'cred-store-corrupt',
    'cred-wrong-sec-tag',
    'cred-in-other-store',
    'supply-voltage-low',
    'modem-init-failed',
    'modem-crash',
    'modem-unclean-shutdown',
  ),
}

/** Somebody speaks of a client of another make, and never of a modem: then no modem is the cause. */
function foreign(facts: Facts): FactOf<'matter'> | undefined {
  const about = facts.of('matter')
  if (about.some(({ value }) => value.matter === 'nordic')) return undefined
  return about.find(({ value }) => value.matter === 'foreign-client')
}

function pointsAgainst(cause: Cause, facts: Facts): Point[] {
  const signs = Object.entries(against).flatMap(([sign, causes]) => {
    const weight = causes[cause]
    return weight === undefined ? [] : [[sign, weight] as const]
  })
  const other = foreign(facts)
  const weight = ofModem[cause]
  return [
    ...seen(facts, Object.fromEntries(signs)),
    ...(other === undefined || weight === undefined ? [] : [point(weight, 'the client is of another make', other)]),
  ]
}

/** Takes from what was judged what speaks against it, by what people tried and what they speak of. */
export function withoutRuledOut(judged: ReadonlyMap<Cause, Judgement>, facts: Facts): Map<Cause, Judgement> {
  return new Map(
    [...judged].map(([cause, found]): [Cause, Judgement] => {
      const points = pointsAgainst(cause, facts)
      const weight = points.reduce((sum, { weight }) => sum + weight, found.weight)
      return [cause, { ...found, weight, against: [...found.against, ...points.map(({ reason }) => reason)] }]
    }),
  )
}
