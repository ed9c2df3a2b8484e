import { KeyTail, Striker } from '../../at/index.ts'
import { contextMedia, type Evidence, type EvidenceHead, wayOf } from '../evidence.ts'
import type { Fact, Role } from '../facts.ts'
import { Ledger } from '../ledger.ts'
import { arrivalReader } from './arrivals.ts'
import { bootReader } from './boot.ts'
import { brokerReader } from './broker.ts'
import { brokerLog } from './broker-line.ts'
import { callOrderReader } from './call-order.ts'
import { certificateReader } from './certificates.ts'
import { chainReader } from './chain.ts'
import { contextReader } from './context.ts'
import { dialogueReader } from './dialogue.ts'
import { dialogueLineIn, eventIn, eventReader } from './events.ts'
import { jumpReader } from './jump.ts'
import { firmwareMoveReader } from './firmware-moves.ts'
import { Garbled, isGarbled } from './garbled.ts'
import { InOrder } from './in-order.ts'
import { bareOf, headingOf, type Line, messageOf, type Reader, speakerOf } from './line.ts'
import { LineSplitter, longestKept } from './line-splitter.ts'
import { logReader } from './log.ts'
import { mentionReader } from './mentioned.ts'
import { nameReader } from './names.ts'
import { OpenQuote, type Whole } from './open-quote.ts'
import { pairReader } from './pairs.ts'
import { isMalformedPsk } from './psk-form.ts'
import { publicRootReader } from './public-roots.ts'
import { presenceReader } from './presence.ts'
import { signReader } from './signs.ts'
import { sClientReader } from './s-client.ts'
import { dateIn } from './stamp.ts'
import { subjectOf } from './subject.ts'
import { takeoverReader } from './takeover.ts'
import { toldReader } from './told.ts'
import { unansweredReader } from './unanswered.ts'
import { validityReader } from './validity.ts'

/** What was read of one evidence: its facts, and by which way it came. */
export interface Read {
  readonly head: EvidenceHead
  readonly way: string
  readonly facts: readonly Fact[]
  readonly lines: number
  readonly struck: number
  /** Lines of which only the beginning was read. */
  readonly cut?: number
  /** Most of it is no text, so that nothing was read of it. */
  readonly garbled?: true
}

/**
 * Reads one evidence line by line, so that a log of any length needs no memory of its size. Secrets are struck out before
 * any reader sees a line.
 */
export class Reading {
  readonly #head: EvidenceHead
  readonly #ledger: Ledger
  #striker = new Striker()
  readonly #tail = new KeyTail()
  readonly #quote = new OpenQuote()
  readonly #order = new InOrder()
  readonly #readers: readonly Reader[]
  readonly #events: Reader
  /** Lines whose secret was struck out, and was no hexadecimal. */
  readonly #malformedPsk = new Set<number>()
  #lines = 0
  #turns = 0
  #struck = 0
  #cut = 0
  readonly #garbled = new Garbled()
  #role: Role
  #speaker: 'broker' | 'device' | undefined
  readonly #isBrokers = brokerLog()
  #subject: string | undefined
  #at: number | undefined

  constructor(head: EvidenceHead) {
    this.#head = head
    this.#ledger = new Ledger(head.id)
    const { tell } = this.#ledger
    this.#events = eventReader(tell)
    this.#readers =
      head.media === contextMedia
        ? [contextReader(tell)]
        : [
            dialogueReader(tell),
            bootReader(tell),
            firmwareMoveReader(tell),
            logReader(tell),
            brokerReader(tell),
            arrivalReader(tell),
            takeoverReader(tell),
            chainReader(tell),
            certificateReader(tell),
            sClientReader(tell),
            pairReader(tell),
            validityReader(tell),
            publicRootReader(tell),
            mentionReader(tell),
            nameReader(tell),
            presenceReader(tell),
            callOrderReader(tell),
            toldReader(tell),
            unansweredReader(tell),
            jumpReader(tell),
            signReader(tell),
          ]
    this.#role = headingOf(`${head.source}:`) ?? 'patient'
  }

  /** One physical line, without its end. */
  line(text: string): void {
    this.#lines++
    if (text.length >= longestKept) this.#cut++
    this.#garbled.line(text)
    for (const whole of this.#quote.line(text, this.#lines)) this.#whole(whole)
  }

  /** What was read. Nothing can be read after it. */
  end(): Read {
    for (const whole of this.#quote.end()) this.#whole(whole)
    for (const kept of this.#tail.end()) this.#clean(kept)
    for (const settled of this.#order.end()) this.#read(settled)
    for (const reader of this.#readers) reader.end()
    const head = this.#head
    const garbled = this.#garbled.prevails
    const facts = garbled ? [] : this.#ledger.facts()
    const read = { head, way: wayOf(head), facts, lines: this.#lines, struck: this.#struck + this.#tail.struck }
    return { ...read, ...(this.#cut > 0 && { cut: this.#cut }), ...(garbled && { garbled }) }
  }

  /** Secrets are struck out in the order in which they came: a line of a key means something only behind its beginning. */
  #whole({ text, number }: Whole): void {
    if (isMalformedPsk(text)) this.#malformedPsk.add(number)
    for (const kept of this.#tail.line({ text: this.#strike(text), number })) this.#clean(kept)
  }

  #clean({ text, number }: Whole): void {
    for (const settled of this.#order.line({ text: bareOf(dialogueLineIn(text) ?? text), number })) this.#read(settled)
  }

  #read({ text: raw, number }: Whole): void {
    this.#turns++
    if (isGarbled(raw)) return
    const line = this.#lineOf(raw, number)
    if (this.#malformedPsk.delete(number)) this.#ledger.tell(line, 'seen', { sign: 'psk-form-wrong' })
    if (eventIn(raw) !== undefined) return this.#events.line(line)
    for (const reader of this.#readers) reader.line(line)
  }

  /** Without its secrets. Of a line that was cut nobody knows where a key in it ends. */
  #strike(text: string): string {
    const { text: clean, struck } = this.#striker.line(text)
    if (text.length >= longestKept) this.#striker = new Striker()
    this.#struck += struck
    return clean
  }

  #lineOf(raw: string, number: number): Line {
    const heading = headingOf(raw)
    const own = /\bAT[+%#]/i.test(raw)
    // What stands in front of a command is about that command only; a heading is about all that follows.
    if (heading !== undefined && !own) this.#role = heading
    this.#speaker = speakerOf(raw) ?? this.#speaker
    const named = subjectOf(raw)
    if (named?.heads === true) this.#subject = named.name
    const subject = named?.name ?? this.#subject
    const { text, module, stamped } = messageOf(raw)
    this.#at = dateIn(raw) ?? this.#at ?? this.#head.said
    const brokers = this.#isBrokers(raw)
    const speaker = brokers ? 'broker' : module !== undefined && stamped ? 'device' : this.#speaker
    return {
      number,
      turn: this.#turns,
      raw,
      // A dialogue's lines are read as they are: a stamp in front of them is rare, and a credential has none.
      text: (own || answersCredential.test(raw)) && !stamped ? raw : text,
      role: heading ?? this.#role,
      ...(subject !== undefined && { subject }),
      ...(this.#at !== undefined && { at: this.#at }),
      ...(module !== undefined && { module }),
      ...(speaker !== undefined && { speaker }),
      ...(brokers && { brokers }),
    }
  }
}

/** A credential as a listing or a read-back has it. */
const answersCredential = /^\s*(?:<\s*)?%CMNG:/i

/** Lines are looked for in so many bytes at a time. */
const chunk = 65_536

/** Reads an evidence that is at hand as a whole. */
export function readEvidence(evidence: Evidence): Read {
  const reading = new Reading(evidence)
  const splitter = new LineSplitter((line) => reading.line(line))
  for (let at = 0; at < evidence.body.length; at += chunk) splitter.bytes(evidence.body.subarray(at, at + chunk))
  splitter.end()
  const read = reading.end()
  return { ...read, struck: read.struck + evidence.struck }
}
