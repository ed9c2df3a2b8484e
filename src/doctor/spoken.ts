import type { Cause } from './cause.ts'
import type { FactOf } from './facts.ts'
import type { Facts } from './gather.ts'
import type { Matter } from './prose/matters.ts'
import { type Judgement, judgement, type Point, point, strength } from './rule.ts'

/** The words for what a text is about, and the causes that are worth a question where it is; no cause of the store, as everybody speaks of certificates. */
const suspects: Readonly<Record<Matter, { readonly words: string; readonly causes: readonly Cause[] }>> = {
  sim: { words: 'the SIM', causes: ['sim-failure'] },
  subscription: { words: 'the subscription', causes: ['sim-not-active'] },
  operator: { words: 'operator and place', causes: ['net-plmn-reject', 'sim-not-active'] },
  registration: { words: 'the registration', causes: ['net-not-registered'] },
  'radio-mode': { words: 'LTE-M, NB-IoT and bands', causes: ['net-rat-not-available'] },
  bearer: { words: 'the bearer and its APN', causes: ['net-apn'] },
  names: { words: 'the resolution of names', causes: ['dns-failure'] },
  route: { words: 'ports and routes', causes: ['net-blocked'] },
  memory: { words: 'memory and buffers', causes: ['app-memory-or-buffer'] },
  serial: { words: 'the serial path', causes: ['at-uart-problem'] },
  hardware: { words: 'hardware and supply', causes: ['hardware-fault'] },
  image: { words: 'images and where they go', causes: ['wrong-image-or-target'] },
  version: { words: 'versions', causes: ['version-incompatible', 'library-bug'] },
  setting: { words: 'settings and the order of calls', causes: ['app-config'] },
  crash: { words: 'a crash', causes: ['modem-crash'] },
  start: { words: 'the start of the modem', causes: ['modem-init-failed'] },
  resets: { words: 'resets', causes: ['modem-unclean-shutdown'] },
  policy: { words: 'policies', causes: ['broker-policy-denies'] },
  'client-id': { words: 'the client id', causes: ['mqtt-duplicate-client-id', 'broker-policy-denies'] },
  silence: { words: 'keep-alive and silence', causes: ['mqtt-keepalive-timeout'] },
  password: { words: 'passwords and tokens', causes: ['mqtt-bad-credentials'] },
  listener: { words: "the broker's configuration", causes: ['broker-config'] },
  enrolment: { words: 'what the cloud knows', causes: ['client-cert-not-registered', 'client-cert-inactive'] },
  'client-certificate': { words: "the client's certificate", causes: ['broker-does-not-trust-client-chain'] },
  suite: { words: 'cipher suites and versions of TLS', causes: ['tls-version-mismatch'] },
  name: { words: 'the name of the server', causes: ['hostname-mismatch'] },
  clock: { words: 'the clock', causes: ['clock-not-set'] },
  'foreign-client': { words: 'a client of another make', causes: [] },
  nordic: { words: 'a modem of this family', causes: [] },
  'mutual-tls': { words: 'client certificates that are wanted', causes: ['client-cert-missing'] },
  cloud: {
    words: 'a cloud',
    causes: ['broker-policy-denies', 'client-cert-not-registered', 'client-cert-inactive'],
  },
  'slow-handshake': { words: 'a slow handshake', causes: ['handshake-timeout'] },
}

/** Said once, half a hint; whoever says it over and over suspects it. */
function weightOf({ times }: FactOf<'matter'>): number {
  return (strength.hint / 2) * Math.min(times + 1, 4)
}

/** What is spoken of, as points for the causes that it may stand for. */
function spokenOf(facts: Facts): Map<Cause, Point[]> {
  const points = new Map<Cause, Point[]>()
  for (const fact of facts.of('matter')) {
    const { words, causes } = suspects[fact.value.matter]
    for (const cause of causes)
      points.set(cause, [...(points.get(cause) ?? []), point(weightOf(fact), `what is told speaks of ${words}`, fact)])
  }
  return points
}

/** Adds what is spoken of to what rules judged, where they are not sure themselves. */
export function withMatters(judged: ReadonlyMap<Cause, Judgement>, facts: Facts): Map<Cause, Judgement> {
  const all = new Map(judged)
  for (const [cause, points] of spokenOf(facts)) {
    const found = judged.get(cause)
    const spoken = judgement(points)
    if (spoken === undefined || (found !== undefined && found.weight >= strength.strong)) continue
    all.set(cause, found === undefined ? spoken : { ...found, weight: found.weight + spoken.weight })
  }
  return all
}
