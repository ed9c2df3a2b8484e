import { commonNameIn } from '../../pki/index.ts'
import { type Bytes, type Instant, isoTime } from '../../terms/index.ts'
import type { BrokerRule, Finding, Weight } from './finding.ts'
import { keyWords, nameOf, nameWords } from './keys.ts'
import { look } from './look.ts'
import type { BrokerCheckOrder } from './order.ts'
import { brokerRules } from './rules.ts'
import { other } from './rules/other.ts'
import { chainOf, type Demand, type Survey } from './survey.ts'

/** A certificate of the server's chain, as it is told. Sizes in bytes of DER, times in UTC. */
export interface ToldCertificate {
  readonly role: 'server' | 'intermediate' | 'root' | 'extra'
  readonly subject: string
  readonly issuer: string
  readonly bytes: number
  readonly key: string
  readonly signature: string
  readonly notBefore: string
  readonly notAfter: string
  /** Whole days until it expires; negative when it has. */
  readonly days: number
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
}

/** Whether a modem would enter, as far as can be seen from here. `unknown`: no source says how a modem takes what was seen. */
export type Entering = 'enters' | 'refuses' | 'unknown' | 'unreached'

/** What a check has found. */
export interface BrokerCheck {
  readonly entering: Entering
  /** The weightiest first. */
  readonly findings: readonly Finding[]
  /** In the order in which they were sent. */
  readonly chain: readonly ToldCertificate[]
  readonly chainBytes: number
  /** Where the server took a modem's hello: the version, and the suites and curves that both have, in the server's order. */
  readonly shared?: {
    readonly version: 'TLS 1.2'
    readonly suites: readonly string[]
    readonly curves: readonly string[]
  }
  /** The same for a board that sets no name, where the others set one: whether it would enter. */
  readonly withoutName?: boolean
  readonly clientCertificate: Demand
  /** The CAs that the server names, whose clients it wants, by their common names; a modem does not look at them. */
  readonly clientCas: readonly string[]
  /** Whether an MQTT session was accepted; not tried without a client's certificate and key. */
  readonly session?: boolean
}

/** Connects as a modem would, and says what it would refuse and why. Changes nothing at the broker. */
export async function checkBroker(order: BrokerCheckOrder): Promise<BrokerCheck> {
  return judgeBroker(await look(order))
}

const weights: readonly Weight[] = ['unreached', 'refuses', 'open', 'note']

/** What a survey means for a modem. Pure. */
export function judgeBroker(survey: Survey): BrokerCheck {
  const found = brokerRules.flatMap((rule) => judged(rule, survey))
  const stands = found.some(({ weight }) => weight === 'unreached' || weight === 'refuses')
  const all = stands ? found : [...judged(other, survey), ...found]
  const findings = all.toSorted((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight))
  const { sharedSuites: suites, sharedCurves: curves, demand, session } = survey
  return {
    entering: enteringOf(findings[0]?.weight),
    findings,
    chain: chainOf(survey)?.sent.map((one) => told(one, survey.now)) ?? [],
    chainBytes: chainOf(survey)?.bytes ?? 0,
    ...(suites !== undefined && curves !== undefined && { shared: { version: 'TLS 1.2', suites, curves } }),
    ...withoutName(survey),
    clientCertificate: demand,
    clientCas: survey.greeted.flight.request?.authorities.map(authorityName) ?? [],
    ...(session !== undefined && { session: session.accepted }),
  }
}

/** What stands there came over the wire and may be anything. */
function authorityName(name: Bytes): string {
  try {
    return nameWords(commonNameIn(name))
  } catch {
    return 'a name that cannot be read'
  }
}

function judged(rule: BrokerRule, survey: Survey): Finding[] {
  const finding = rule.judge(survey)
  return finding === undefined ? [] : [{ class: rule.class, sure: true, facts: [], ...finding }]
}

function enteringOf(worst: Weight | undefined): Entering {
  const meaning = { unreached: 'unreached', refuses: 'refuses', open: 'unknown', note: 'enters' } as const
  return worst === undefined ? 'enters' : meaning[worst]
}

/** A handshake that ends behind the server's certificate because there is none to show says that the server was believed. */
function withoutName({ bareEntry, clientShown }: Survey): { withoutName?: boolean } {
  if (bareEntry === undefined) return {}
  const believed = bareEntry.ok || (bareEntry.refusal.stage === 'client-certificate' && !clientShown)
  return { withoutName: believed }
}

function told({ x509, role }: NonNullable<ReturnType<typeof chainOf>>['sent'][number], now: Instant): ToldCertificate {
  return {
    role,
    subject: nameOf(x509),
    issuer: nameWords(x509.issuer),
    bytes: x509.raw.length,
    key: keyWords(x509.publicKey),
    signature: x509.signatureAlgorithm ?? x509.signatureAlgorithmOid,
    notBefore: isoTime(x509.validFromDate.getTime()),
    notAfter: isoTime(x509.validToDate.getTime()),
    days: Math.trunc((x509.validToDate.getTime() - now) / 86_400_000),
    fingerprint: x509.fingerprint256.replaceAll(':', ''),
  }
}
