import { printed } from '../printed.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { endedRoots } from './ended-roots.ts'
import { isSeen, seen } from './seen.ts'

/** TLS failed, another server works, and nothing separates credentials from the server. */
export const tlsHandshakeUnspecified: Rule = {
  id: 'tls-handshake-unspecified',
  judge(facts) {
    const toldWhy = facts.of('distrust').length + facts.of('key-mismatch').length > 0
    if (toldWhy || endedRoots(facts).length > 0 || !isSeen(facts, 'other-server-works')) return undefined
    const numbers = facts.connects
      .filter(({ reading }) => reading.meanings.some(({ kind }) => kind === 'tls' || kind === 'tls-or-refused'))
      .map(({ fact }) =>
        point(strength.sign, `connect failed with ${printed(fact.value)}: TLS could not be set up`, fact),
      )
    if (numbers.length === 0) return undefined
    return judgement(
      [...numbers.slice(0, 1), ...seen(facts, { 'other-server-works': strength.sign })],
      ['served-chain', 'listing', 'broker-log'],
    )
  },
}
