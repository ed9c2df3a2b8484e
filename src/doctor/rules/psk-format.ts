import { judgement, type Rule, strength } from '../rule.ts'
import { seen, seenTogether } from './seen.ts'

/** The pre-shared key is no hexadecimal of its bytes, or not the server's (PEM-40). A DTLS server may just be silent then (ERR-87). */
export const pskFormat: Rule = {
  id: 'psk-format',
  explains: ['handshake-timeout', 'net-blocked', 'cred-slot-empty', 'tls-handshake-unspecified'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, { 'psk-form-wrong': strength.strong, 'psk-identity-unknown': strength.strong }),
        ...seenTogether(facts, { 'psk-in-use': strength.sign, 'mac-fails': strength.strong }),
        ...seenTogether(facts, { 'psk-in-use': strength.sign, 'handshake-timed-out': strength.sign }),
      ],
      ['listing', 'broker-log'],
    ),
}
