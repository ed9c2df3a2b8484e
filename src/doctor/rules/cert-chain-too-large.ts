import { longestChain } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { isSeen, seen } from './seen.ts'

/** The server's chain, or a stored one, is over 4 kB (PEM-34). Read back, a stored one that large has crashed a modem (PEM-35). */
export const certChainTooLarge: Rule = {
  id: 'cert-chain-too-large',
  explains: ['modem-crash', 'cred-wrong-ca', 'tls-handshake-unspecified'],
  judge(facts) {
    const crash = facts
      .of('seen')
      .filter(({ value }) => value.sign === 'modem-crashed' && isSeen(facts, 'chain-too-large', 'credential-read-back'))
      .map((fact) => point(strength.sign + strength.hint, 'the modem crashed over it', fact))
    const said = seen(facts, { 'chain-too-large': strength.strong, 'many-certificates-served': strength.strong })
    return judgement([...said, ...crash, ...measured(facts), ...longerThanWorking(facts)], ['served-chain', 'listing'])
  },
}

function measured(facts: Facts): Point[] {
  return facts.of('chain').flatMap((fact) => {
    const { bytes } = fact.value
    return bytes !== undefined && bytes > longestChain
      ? [point(strength.strong, `the chain has ${bytes} bytes, and the modem takes ${longestChain}`, fact)]
      : []
  })
}

/** With the same root, a server with a shorter chain works. */
function longerThanWorking(facts: Facts): Point[] {
  const chains = facts.of('chain')
  const longest = Math.max(
    0,
    ...chains.filter(({ value }) => value.of === 'working').map(({ value }) => value.certificates ?? 0),
  )
  if (longest === 0) return []
  return chains
    .filter(({ value }) => value.of === 'failing' && (value.certificates ?? 0) > longest)
    .map((fact) => point(strength.strong, 'the chain that fails has more certificates than one that works', fact))
}
