import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** A private key of a form or kind that the modem may not take: its OK to the write is no check (PEM-06). */
export const keyFormatUnsupported: Rule = {
  id: 'key-format-unsupported',
  explains: ['key-cert-mismatch'],
  judge: (facts) => judgement(seen(facts, { 'key-form-unsupported': strength.strong }), ['files']),
}
