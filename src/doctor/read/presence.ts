import { credentialType, type Slot } from '../../terms/index.ts'
import type { Tell } from '../ledger.ts'
import { noEnd, type Reader } from './line.ts'

const types = {
  'root ca': credentialType.rootCa,
  'client certificate': credentialType.clientCertificate,
  'private key': credentialType.privateKey,
} as const
const name = '(?:root CA|client certificate|private key)'
const missing = new RegExp(`\\btag (\\d{1,10}): (${name}(?:, ?${name}){0,2}) (?:is |are )?missing`, 'i')

/** What an application's own look at its tag says when it starts (LOSS-52): it looks at all three, and names those that are not there. */
export function presenceReader(tell: Tell): Reader {
  return {
    line(line) {
      const [, digits = '', names = ''] = missing.exec(line.text) ?? []
      if (names === '' || Number(digits) > 0xffff_ffff) return
      const tag = Number(digits)
      const absent = names.toLowerCase().split(/, ?/)
      const held = Object.entries(types).flatMap(([word, type]): Slot[] =>
        absent.includes(word) ? [] : [{ tag, type }],
      )
      tell(line, 'tag', { tag, how: 'logged' })
      tell(line, 'listing', { tag, held, end: 'final' })
    },
    end: noEnd,
  }
}
