import type { Cause } from '../cause.ts'
import type { Elsewhere } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import type { Topic } from '../questions.ts'

/** What else points to a cause, beside a line that names it. */
const more: Partial<Record<Elsewhere, (facts: Facts) => Point[]>> = {
  'dns-failure': (facts) => [
    ...failed(facts, 'name', 'the name was not resolved'),
    ...met(facts, 'name', strength.sign),
  ],
  'modem-init-failed': (facts) => [
    ...failed(facts, 'start', 'the modem library did not start'),
    ...met(facts, 'library', strength.hint),
  ],
  'modem-crash': (facts) => [...libraryGone(facts), ...met(facts, 'library', strength.hint)],
  'tls-version-mismatch': (facts) => [
    ...met(facts, 'suite', strength.hint),
    ...met(facts, 'tls-version', strength.sign),
  ],
  'mqtt-bad-credentials': (facts) => connack(facts, 4, 'the broker answered CONNECT with 4: user name or password'),
  'broker-policy-denies': (facts) => connack(facts, 5, 'the broker answered CONNECT with 5: not authorised'),
  'client-cert-inactive': (facts) =>
    facts
      .of('distrust')
      .filter(({ value }) => value.by === 'broker' && value.why === 'revoked')
      .map((fact) => point(strength.proof, "the broker says that the client's certificate is revoked", fact)),
}

function failed(facts: Facts, call: 'name' | 'start', words: string): Point[] {
  return facts
    .of('failure')
    .filter(({ value }) => value.call === call)
    .map((fact) => point(strength.strong, `${words} (${fact.value.number})`, fact))
}

function met(facts: Facts, kind: string, weight: number): Point[] {
  return facts.connects.flatMap(({ fact, reading }) => {
    const meaning = reading.meanings.find((candidate) => candidate.kind === kind)
    if (meaning === undefined) return []
    const share = weight / reading.meanings.length
    return [point(share, `connect failed with ${fact.value.number}: ${meaning.words}`, fact)]
  })
}

/** ERR-104: -1 is what a library gives that is not there any more; from two interfaces it is no accident. */
function libraryGone(facts: Facts): Point[] {
  return facts.of('failure').flatMap(({ value, ...fact }): Point[] => {
    if (value.number !== -1 || (value.call !== 'at' && value.call !== 'link')) return []
    const words = `${value.call === 'at' ? 'the AT interface' : 'the link control'} gives -1: the library is not started, or the modem crashed`
    return [point(value.call === 'at' ? strength.strong : strength.sign, words, { ...fact, value })]
  })
}

function connack(facts: Facts, code: number, words: string): Point[] {
  return facts
    .of('connack')
    .filter(({ value }) => value.code === code)
    .map((fact) => point(strength.strong, words, fact))
}

const asks: Readonly<Record<Elsewhere, readonly Topic[]>> = {
  'dns-failure': ['registration', 'log'],
  'modem-crash': ['log'],
  'modem-init-failed': ['log'],
  'hostname-mismatch': ['served-chain'],
  'plain-on-tls-port': ['broker-log'],
  'tls-version-mismatch': ['served-chain'],
  'clock-not-set': ['log'],
  'mqtt-duplicate-client-id': ['broker-log'],
  'mqtt-keepalive-timeout': ['broker-log'],
  'mqtt-bad-credentials': ['broker-log'],
  'broker-policy-denies': ['broker-log'],
  'broker-config': ['broker-log'],
  'client-cert-inactive': ['broker-log'],
}

/** What takes the ground from what: after a crash every other number is its echo. */
const explains: Partial<Record<Elsewhere, readonly Cause[]>> = {
  'modem-crash': ['modem-init-failed', 'net-not-registered', 'dns-failure'],
  'modem-init-failed': ['net-not-registered', 'dns-failure'],
  'hostname-mismatch': ['cred-wrong-ca', 'server-ca-rotated'],
  'clock-not-set': ['cred-wrong-ca', 'server-ca-rotated'],
  'broker-config': ['client-cert-missing', 'broker-does-not-trust-client-chain'],
  'plain-on-tls-port': ['tls-version-mismatch'],
}

/** Causes that have no file of their own yet: a line that names them is all there is to judge. */
export const elsewhereRules: readonly Rule[] = (Object.keys(asks) as Elsewhere[]).map((id) => ({
  id,
  ...(explains[id] !== undefined && { explains: explains[id] }),
  judge(facts) {
    const named = facts
      .of('elsewhere')
      .filter(({ value }) => value.cause === id)
      .map((fact) => point(strength.strong, fact.value.words, fact))
    return judgement([...named, ...(more[id]?.(facts) ?? [])], asks[id])
  },
}))
