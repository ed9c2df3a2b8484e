import { finalOf, sms } from '../at/index.ts'

/** What becomes of a reply that does not fit one message. */
export type LongReplies = 'cut' | 'split'

/** The messages that carry a text: its beginning, or as many parts as it takes (SMS-19), with this reference in each. */
export function smsMessages(text: string, long: LongReplies, reference: number): readonly sms.UserData[] {
  const all = long === 'split' ? sms.messagesFor(text, reference) : undefined
  return all ?? [sms.firstMessage(text)]
}

/**
 * What an application of this kind sends back for an AT command: the information lines without the final OK, which leaves
 * nothing at all where there are none; an error as it stands. The founding case was told by such blank replies (ERR-21).
 */
export function smsReply(answer: string): string {
  const lines = answer.split('\r\n').filter((line) => line !== '')
  return lines.filter((line) => finalOf(line)?.ok !== true).join('\n')
}
