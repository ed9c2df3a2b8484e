import { longestChain } from '../numbers/index.ts'
import { isoTime } from '../terms/index.ts'
import type { FactValues } from './facts.ts'
import type { Facts } from './gather.ts'
import { because, type Reason } from './rule.ts'

type Shown = FactValues['certificate']

/** Of so many it is told what they are; a bundle of all public CAs has more than anybody reads. */
const mostTold = 4

const kinds: Readonly<Record<Shown['is'], string>> = {
  authority: "a CA's certificate",
  leaf: 'a certificate that signs no other',
  client: 'a certificate that is for clients only',
  unreadable: 'a certificate that cannot be read',
}

/** What the certificates are that stand in the evidence by themselves: whose, for what, from when until when, how large. */
export function certificateNotes(facts: Facts): { code: 'certificate'; words: string; reason: Reason }[] {
  return facts
    .of('certificate')
    .slice(0, mostTold)
    .map((fact) => ({
      code: 'certificate',
      words: wordsOf(fact.value, lastTime(facts)),
      reason: because(kinds[fact.value.is], fact),
    }))
}

/** The latest time that anybody's clock showed. */
function lastTime(facts: Facts): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...facts.of('clock').map(({ value }) => value.at))
}

function wordsOf(shown: Shown, now: number): string {
  const { is, subject, key, from, until, bytes, fault } = shown
  const words = [
    `${subject === undefined ? '' : `${subject}: `}${kinds[is]}`,
    ...(key === undefined ? [] : [key]),
    ...(from === undefined || until === undefined ? [] : [`valid from ${isoTime(from)} until ${isoTime(until)}`]),
    ...(until !== undefined && until < now ? ['which was over when the logs were written'] : []),
    `${bytes} bytes of DER`,
    ...(bytes > longestChain ? [`more than the ${longestChain} that a modem takes (PEM-34)`] : []),
    ...(fault === undefined ? [] : [`in this text ${fault}`]),
  ]
  return words.join(', ')
}
