import type { Cause, CauseGroup } from './cause.ts'
import { causeEntry } from './causes.ts'
import type { Facts } from './gather.ts'
import { because, type Judgement, type Reason, strength } from './rule.ts'
import { rules } from './rules.ts'
import { outElsewhere } from './rules/radio.ts'
import { standingAnswer } from './setbacks.ts'

/** Causes that cannot be, and the fact that says so. */
export interface Excluded {
  readonly words: string
  readonly reason: Reason
  readonly excludes: (cause: Cause) => boolean
}

/** Causes before TLS: where one of them holds, TLS has not begun, and nothing is known about credentials (MODE-35). */
const early: readonly Cause[] = [
  'sim-failure',
  'sim-not-active',
  'net-sticky-reject',
  'net-plmn-reject',
  'net-rat-not-available',
  'modem-unclean-shutdown',
  'net-not-registered',
  'modem-crash',
  'modem-init-failed',
  'wrong-image-or-target',
  'net-apn',
  'dns-failure',
  'net-blocked',
]
const behindNetwork: ReadonlySet<CauseGroup> = new Set(['store', 'tls', 'broker'])
/** What a session, or any answer to CONNECT, proves to be in order. */
const beforeConnack: ReadonlySet<CauseGroup> = new Set(['store', 'tls', 'network'])
const ofRadio = ['sim', 'registration', 'link', 'barred', 'bearer'] as const
const handshake: ReadonlySet<Cause> = new Set([
  'client-cert-missing',
  'broker-does-not-trust-client-chain',
  'client-cert-inactive',
])

/**
 * The first stage that fails wins, and a stage that was reached excludes all before it: SIM, registration, name, TLS,
 * answer to CONNECT, session.
 */
export function stages(facts: Facts, judged: ReadonlyMap<Cause, Judgement>): Excluded[] {
  const reached = reachedStage(facts)
  const open = new Map([...judged].filter(([cause]) => !reached.some((stage) => stage.excludes(cause))))
  return [...reached, ...failedStage(open), ...inDoubt(facts)]
}

/** One evidence says that the device is in the network, another that it is not: what is stored is not to be blamed before that is clear. */
function inDoubt(facts: Facts): Excluded[] {
  const fact = outElsewhere(facts)
  if (fact === undefined) return []
  const words = 'SIM or registration fail in one file and not in another, and nothing tells which is newer'
  return [{ words, reason: because(words, fact), excludes: (cause) => causeEntry(cause).group === 'store' }]
}

function failedStage(judged: ReadonlyMap<Cause, Judgement>): Excluded[] {
  for (const cause of early) {
    const found = judged.get(cause)
    const reason = found?.for[0]
    if (found === undefined || reason === undefined || found.weight < strength.strong) continue
    return [
      {
        words: `TLS has not begun: ${reason.words}`,
        reason,
        excludes: (other) => behindNetwork.has(causeEntry(other).group) && !isBehind(cause, other, judged),
      },
    ]
  }
  return []
}

/** A deeper cause that is seen by itself explains the early one: a chain that is too large makes the modem crash. */
function isBehind(early: Cause, other: Cause, judged: ReadonlyMap<Cause, Judgement>): boolean {
  const explained = rules.find(({ id }) => id === other)?.explains?.includes(early) === true
  return explained && (judged.get(other)?.weight ?? 0) >= strength.strong
}

/** An answer to CONNECT that nothing contradicts. */
function reachedStage(facts: Facts): Excluded[] {
  const answer = standingAnswer(facts)
  if (answer === undefined) return takenOver(facts)
  const session = answer.value.code === 0
  return [
    {
      words: session
        ? 'a session was made with what is stored'
        : 'the broker answered CONNECT, so TLS works with what is stored',
      reason: because(
        session ? 'the broker accepted the session' : `the broker answered CONNECT with ${answer.value.code}`,
        answer,
      ),
      excludes: (cause) =>
        beforeConnack.has(causeEntry(cause).group) ||
        handshake.has(cause) ||
        (session && cause === 'client-cert-not-registered'),
    },
  ]
}

/** What was taken over stood: there is a network, unless a modem says something of its own. */
function takenOver(facts: Facts): Excluded[] {
  if (ofRadio.some((kind) => facts.of(kind).length > 0)) return []
  const fact = facts.of('seen').find(({ value }) => value.sign === 'taken-over' && value.loosely === undefined)
  if (fact === undefined) return []
  const words = 'a session was taken over, so the network carries sessions'
  return [{ words, reason: because(words, fact), excludes: (cause) => causeEntry(cause).group === 'network' }]
}
