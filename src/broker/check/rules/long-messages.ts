import type { BrokerRule } from '../finding.ts'

/** Messages that are too long for a modem. */
export const longMessages: BrokerRule = {
  class: 'long-messages',
  judge({ session, shortRecords }) {
    const longest = session?.longestPacket
    if (shortRecords === undefined || (longest !== undefined && longest <= longestRecord)) return undefined
    const kept = shortRecords
      ? ' It keeps records short for boards that ask (mfw 2.0.4 and later, where the application sets it).'
      : ''
    return {
      weight: 'note',
      what: sessionWords(session?.accepted === true, longest),
      why: `a record with more than ${longestRecord} bytes of data breaks a modem's connection: one long message to a board ends its session each time.${kept}`,
      facts: ['TLS-05', 'TLS-06', 'TLS-26'],
      fix: `in Mosquitto \`max_packet_size ${longestRecord - 48}\`, or see to it that nobody publishes more to a board's topics`,
      figures: { limit: longestRecord, ...(longest !== undefined && { longest }) },
    }
  },
}

/** Bytes of data that one record may bring to a modem (TLS-05). */
const longestRecord = 2048

function sessionWords(tried: boolean, longest: number | undefined): string {
  if (longest !== undefined) return `the broker passes on messages of up to ${longest} bytes`
  if (tried) return 'the broker names no limit for the size of messages'
  return 'nothing is known of how long messages to boards may be'
}
