import type { EvidenceHead } from './evidence.ts'
import type { Inquiry } from './inquiries/inquiry.ts'
import { ofBroker } from './inquiries/of-broker.ts'
import { controlBy, listingOf } from './inquiries/of-listing.ts'
import { ofLooks } from './inquiries/of-looks.ts'
import { ofLog, ofMemory } from './inquiries/of-memory.ts'

/** What is known of the board that is asked about: the tag in use, the way of a listing that came back blank, and whether no number is known yet. */
export interface InquiryContext {
  readonly tag?: number
  readonly blank?: EvidenceHead
  readonly unlogged: boolean
}

/** What can be asked, the cheapest first: what a person knows, what a look tells, what takes a cable or a look at the broker. */
export function inquiries({ tag, blank, unlogged }: InquiryContext): readonly Inquiry[] {
  return [
    ...ofMemory,
    ...(unlogged ? [ofLog] : []),
    ...ofLooks,
    ...(tag === undefined ? [] : [listingOf(tag)]),
    ...(blank === undefined ? [] : [controlBy(blank)]),
    ...ofBroker,
  ]
}
