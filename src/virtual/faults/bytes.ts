import type { Random } from '../../terms/index.ts'
import type { Reply } from '../modem.ts'
import type { Blow, FaultMaker } from './blow.ts'

/** Commands with something between quotes, in what is said or in what is answered. */
const quoting = /"|%CMNG=[12]|%KEYGEN|%ATTESTTOKEN/i

/** Faults of single bytes between quotes, on their way to the modem, or back where the command has none. */
export const byteFaults = {
  'lost-byte': {
    doc: 'one byte between the quotes is lost on its way',
    times: 1,
    fits: quoting,
    strike: (blow) => spoilt(blow, () => ''),
  },
  'flipped-byte': {
    doc: 'one bit of a byte between the quotes is flipped on its way',
    times: 1,
    fits: quoting,
    strike: (blow) =>
      spoilt(blow, (character) => String.fromCharCode(character.charCodeAt(0) ^ (1 << blow.random.below(8)))),
  },
} as const satisfies Record<string, FaultMaker>

function spoilt({ random, text, answer }: Blow, edit: (character: string) => string): Reply {
  if (text.includes('"')) return answer(withinQuotes(random, text, edit))
  const reply = answer()
  return { ...reply, text: withinQuotes(random, reply.text, edit) }
}

/** Changes one character between the first quote and the last. */
function withinQuotes(random: Random, text: string, edit: (character: string) => string): string {
  const [first, last] = [text.indexOf('"'), text.lastIndexOf('"')]
  if (last - first < 2) return text
  const at = first + 1 + random.below(last - first - 1)
  return text.slice(0, at) + edit(text.charAt(at)) + text.slice(at + 1)
}
