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
    // A cloud does not say why: AWS IoT sends that alert for a certificate that is not active.
    const inCloud = facts.of('matter').filter(({ value }) => value.matter === 'cloud')
    const unsaid = facts
      .of('distrust')
      .filter(({ value }) => value.why === 'unsaid' && (inCloud.length > 0 || value.by === 'broker'))
      .map((fact) =>
        point(
          fact.value.by === 'broker' && inCloud.length > 0 ? strength.proof + strength.hint : strength.strong,
          'the cloud refuses the certificate, and does not say why',
          fact,
        ),
      )
    return judgement(
      [...revoked, ...unsaid, ...seen(facts, { 'certificate-inactive': strength.proof })],
      ['broker-log'],
    )
  },
}
