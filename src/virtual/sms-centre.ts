import { sms } from '../at/index.ts'
import type { Bytes, Clock, Random } from '../terms/index.ts'
import type { Delivery, SmsLink } from './sms-link.ts'

/** How a centre treats messages. Chances are of 1; times are milliseconds. What is left out does not happen. */
export interface SmsHabits {
  /** Each message waits for a time between these; that is also what puts them out of order. */
  readonly delay?: readonly [least: number, most: number]
  readonly drop?: number
  readonly duplicate?: number
  /** How long it waits before it tries a phone again that was not there. Default a minute. */
  readonly tryAgain?: number
  /** How often it tries before it gives up. Default 5. */
  readonly tries?: number
}

/** A centre that does what it should, at once. */
export const kindCentre: SmsHabits = {}

/** One that delays, drops, duplicates, and so reorders. */
export const hostileCentre: SmsHabits = { delay: [100, 90_000], drop: 0.1, duplicate: 0.15, tryAgain: 20_000, tries: 4 }

/** Somebody who has a number: takes a delivered message or report, and says what became of it. */
export interface SmsPhone {
  deliver(octets: Bytes): Promise<Delivery>
}

/** What a centre has done so far. */
export interface SmsCounts {
  submitted: number
  dropped: number
  duplicated: number
  delivered: number
  /** Given up: nobody has this number, or its phone was never there. */
  lost: number
}

/** How a centre is made. */
export interface SmsCentreOptions {
  readonly clock: Clock
  readonly random: Random
  readonly habits?: SmsHabits
  /** Its own number. */
  readonly number?: string
}

const usualNumber = '+491710760000'
/** 3GPP TS 23.040, 9.2.3.15: delivered; validity period expired. */
const [received, expired] = [0x00, 0x46]

/** A short message centre: phones join it with a number, and it carries messages between them, in its own time. */
export class SmsCentre {
  readonly number: string
  readonly counts: SmsCounts = { submitted: 0, dropped: 0, duplicated: 0, delivered: 0, lost: 0 }
  readonly #options: SmsCentreOptions
  readonly #phones = new Map<string, SmsPhone>()
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: SmsCentreOptions) {
    this.#options = options
    this.number = options.number ?? usualNumber
  }

  /** A phone has this number from now on. Returns a way to leave. */
  join(number: string, phone: SmsPhone): () => void {
    this.#phones.set(number, phone)
    return () => {
      if (this.#phones.get(number) === phone) this.#phones.delete(number)
    }
  }

  /** A modem has this number: what it sends comes here, and what is for it goes there. Returns a way to leave. */
  joinModem(number: string, link: SmsLink): () => void {
    const leave = this.join(number, link)
    link.carrier = { centre: this.number, submit: (octets) => this.submit(number, octets) }
    return () => {
      leave()
      link.carrier = undefined
    }
  }

  /** A message comes from a phone. What is no message is dropped without a word. */
  submit(from: string, octets: Bytes): void {
    const message = sms.readSubmit(octets)
    if (!message.ok) return
    this.counts.submitted++
    const { habits = kindCentre } = this.#options
    if (this.#happens(habits.drop)) {
      this.counts.dropped++
      return
    }
    const copies = this.#happens(habits.duplicate) ? 2 : 1
    this.counts.duplicated += copies - 1
    for (let copy = 0; copy < copies; copy++) this.#start(this.#carry(from, message.value, copy === 0))
  }

  /** Resolves when nothing is under way any more. */
  async quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #happens(chance = 0): boolean {
    return chance > 0 && this.#options.random.below(1_000_000) < chance * 1_000_000
  }

  #start(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underWay.delete(tracked))
    this.#underWay.add(tracked)
  }

  async #carry(from: string, { to, data, reference, wantsReport }: sms.SmsSubmit, first: boolean): Promise<void> {
    const { clock, habits = kindCentre, random } = this.#options
    const at = clock.now() - (clock.now() % 1000)
    const [least, most] = habits.delay ?? [0, 0]
    await clock.sleep(least + random.below(most - least + 1))
    const delivered = await this.#offer(to, sms.formatPdu({ kind: 'deliver', from, at, data }))
    this.counts[delivered ? 'delivered' : 'lost']++
    if (!wantsReport || !first) return
    const done = clock.now() - (clock.now() % 1000)
    const status = delivered ? received : expired
    await this.#offer(from, sms.formatPdu({ kind: 'report', reference, to, at, done, status }))
  }

  /** Tries until the phone has said something: also that it would not have it, or nothing at all after it was printed. */
  async #offer(to: string, octets: Bytes): Promise<boolean> {
    const { clock, habits = kindCentre } = this.#options
    for (let tries = habits.tries ?? 5; tries > 0; tries--) {
      const delivery = await this.#phones.get(to)?.deliver(octets)
      if (delivery === 'taken') return true
      if (delivery === 'refused' || delivery === undefined) return false
      if (tries > 1) await clock.sleep(habits.tryAgain ?? 60_000)
    }
    return false
  }
}
