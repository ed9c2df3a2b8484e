import { credentialType } from '../../terms/index.ts'
import { judgement, type Rule, strength } from '../rule.ts'
import { holding } from './content.ts'
import { seen } from './seen.ts'

/** The server's own certificate is stored as the CA: it breaks at each renewal. */
export const leafPinned: Rule = {
  id: 'leaf-pinned-instead-of-root',
  explains: ['cred-wrong-ca', 'server-ca-rotated'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, { 'leaf-stored': strength.strong }),
        ...holding(facts, 'leaf', strength.proof + strength.sign, credentialType.rootCa),
      ],
      ['served-chain', 'files'],
    ),
}
