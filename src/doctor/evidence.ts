import { type Bytes, type Instant, utf8 } from '../terms/index.ts'

/** By which way evidence came. */
export type EvidenceChannel = 'cable' | 'mqtt' | 'sms' | 'udp' | 'http' | 'file' | 'line'

/** Where evidence comes from, without what it says. */
export interface EvidenceHead {
  /** Ours, unique within one diagnosis. */
  readonly id: string
  /** The board that it is about, where somebody proved that. */
  readonly device?: string
  /** The board that it says it is about. */
  readonly claimed?: string
  readonly channel: EvidenceChannel
  /** A file's name, a phone number, a port: as a person would name it. */
  readonly source: string
  readonly received: Instant
  /** When it was said, where it tells. */
  readonly said?: Instant
  readonly trust: 'proven' | 'claimed' | 'unknown'
  /** `text/plain`, or `text/x-sectag-context` for what is known of a board. */
  readonly media: string
}

/**
 * What was heard, raw. A dialogue is text in the form of a transcript, also one that went by SMS: `> AT%CMNG=1,42` is the
 * question, `< …` each line of the answer, and a lone `<` a blank answer. An empty body is evidence too.
 */
export interface Evidence extends EvidenceHead {
  readonly body: Bytes
  /** How many secrets were struck out of the body at the door. */
  readonly struck: number
}

/** Where a fact stands: the evidence's id, and its line, counted from 1. */
export interface EvidenceRef {
  readonly evidence: string
  readonly line: number
}

/** The media type of what is known of a board beforehand: lines such as `sdk=1.0.0`. */
export const contextMedia = 'text/x-sectag-context'

/** Text as evidence: from a file, unless `more` says otherwise. */
export function textEvidence(id: string, text: string, more: Partial<EvidenceHead> = {}): Evidence {
  const head = { channel: 'file', source: id, received: 0, trust: 'unknown', media: 'text/plain' } as const
  return { ...head, ...more, id, body: utf8(text), struck: 0 }
}

/** One question and what came back, as it was; an empty answer is a blank reply. */
export interface Asking {
  readonly asked: string
  readonly answered: string
}

/** Questions and their replies as evidence, as they went by SMS for example: in the form of a transcript. */
export function dialogueEvidence(id: string, askings: readonly Asking[], more: Partial<EvidenceHead> = {}): Evidence {
  const lines = askings.flatMap(({ asked, answered }) => [
    `> ${asked.trim()}`,
    ...answered
      .trim()
      .split(/[\r\n]+/)
      .map((line) => `< ${line}`.trimEnd()),
  ])
  return textEvidence(id, lines.map((line) => `${line}\n`).join(''), more)
}

/** Whose words these are, and by which way: a control query counts only for answers that came the same way. */
export function wayOf(head: EvidenceHead): string {
  return `${head.channel} ${head.device ?? head.claimed ?? head.source}`
}
