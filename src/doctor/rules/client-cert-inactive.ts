import { judgement, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** The broker knows the certificate, and it is revoked or not active. */
export const clientCertInactive: Rule = {
  id: 'client-cert-inactive',
  explains: ['broker-policy-denies', 'broker-does-not-trust-client-chain', 'cred-wrong-ca'],
  judge(facts) {
    const revoked = facts
      .of('distrust')
      .filter(({ value }) => value.by === 'broker' && value.why === 'revoked')
      .map((fact) => point(strength.proof, "the broker says that the client's certificate is revoked", fact))
    return judgement([...revoked, ...seen(facts, { 'certificate-inactive': strength.proof })], ['broker-log'])
  },
}
