import { judgement, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** The broker asks for a client certificate and gets none. Why the device shows none, only its listing tells. */
export const clientCertMissing: Rule = {
  id: 'client-cert-missing',
  judge(facts) {
    const said = facts
      .of('distrust')
      .filter(({ value }) => value.why === 'missing')
      .map((fact) => point(strength.proof, 'the broker asks for a client certificate and gets none', fact))
    const alerts = facts
      .of('alert')
      .filter(({ value }) => value.by !== 'device')
      .map((fact) =>
        point(strength.sign, 'the broker ended the handshake: a client certificate may be what it wants', fact),
      )
    return judgement(
      [...said, ...alerts, ...seen(facts, { 'no-client-certificate': strength.strong })],
      ['listing', 'tag-in-use'],
    )
  },
}
