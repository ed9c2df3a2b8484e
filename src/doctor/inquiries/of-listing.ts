import type { EvidenceHead } from '../evidence.ts'
import { type Inquiry, inquiry } from './inquiry.ts'

/** What the tag holds that the application uses. */
export const listingOf = (tag: number): Inquiry => {
  const listed = (...types: readonly number[]): string =>
    [`> AT%CMNG=1,${tag}`, ...types.map((type) => `< %CMNG: ${tag},${type}`), '< OK'].join('\n')
  return inquiry(
    { id: 'listing', effort: 2, topic: 'listing', words: `what does AT%CMNG=1,${tag} list?` },
    { 'types 0, 1 and 2': listed(0, 1, 2), 'type 0 alone': listed(0), 'nothing but OK': listed() },
  )
}

/** CMNG-38: an empty listing comes back blank, and so does one that got lost. Who asked for one has asked for more by the same way. */
export const controlBy = (way: EvidenceHead): Inquiry => ({
  ...inquiry(
    { id: 'control', effort: 1, topic: 'control', words: 'asked by the same way, does AT+CFUN? come back with text?' },
    { yes: '> AT+CFUN?\n< +CFUN: 1', 'no, blank as well': '' },
  ),
  way,
})
