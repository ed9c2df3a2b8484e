import { finalOf } from '../at/index.ts'

/** What becomes of a reply that does not fit one message. */
export type LongReplies = 'cut' | 'split'

/** Characters of the basic GSM alphabet that need the escape prefix and count twice (SMS-22). */
const doubles = /[[\]{}\\~^|€]/

const single = 160
const part = 153

function septets(character: string): number {
  return doubles.test(character) ? 2 : 1
}

/** The messages that carry a text: one where it fits, else its beginning or as many as it takes (SMS-19). */
export function smsMessages(text: string, long: LongReplies): string[] {
  const total = Array.from(text).reduce((sum, character) => sum + septets(character), 0)
  if (total <= single) return [text]
  const pieces = cutAt(text, long === 'cut' ? single : part)
  return long === 'cut' ? pieces.slice(0, 1) : pieces
}

function cutAt(text: string, limit: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let length = 0
  for (const character of text) {
    if (length + septets(character) > limit) {
      pieces.push(piece)
      piece = ''
      length = 0
    }
    piece += character
    length += septets(character)
  }
  return [...pieces, piece]
}

/**
 * What an application of this kind sends back for an AT command: the information lines without the final OK, which leaves
 * nothing at all where there are none; an error as it stands. The founding case was told by such blank replies (ERR-21).
 */
export function smsReply(answer: string): string {
  const lines = answer.split('\r\n').filter((line) => line !== '')
  return lines.filter((line) => finalOf(line)?.ok !== true).join('\n')
}
