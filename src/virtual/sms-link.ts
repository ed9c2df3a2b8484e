import { commands, sms } from '../at/index.ts'
import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import type { World } from './behaviour.ts'
import { useRadio } from './connection.ts'
import { isRegistered, type VirtualState } from './state.ts'

/** What the network does for a modem's messages; an SMS centre, or a test. */
export interface SmsCarrier {
  /** The number of the centre, as it stands in front of what is delivered. */
  readonly centre?: string
  /** Takes the octets of a message to the centre. */
  submit(octets: Bytes): void
}

/** What became of octets that were delivered. `absent`: no network or no client, so nothing was printed. */
export type Delivery = 'taken' | 'refused' | 'unacknowledged' | 'absent'

/** Milliseconds that a modem waits for `+CNMA`. SMS-31 (OPEN) */
const acknowledgeWithin = 15_000
/** `+CMS ERROR: 300` (CMS-01). */
const generic = refused({ kind: 'cms', code: 300 } as const)
const released = { mode: 0, deliver: 0, broadcast: 0, report: 0 }

/** The short messages of one modem: what its client sends, and what is delivered to its client, one at a time (SMS-34). */
export class SmsLink {
  /** Who takes what is sent, and delivers. */
  carrier: SmsCarrier | undefined
  readonly #world: () => World
  #turn: Promise<unknown> = Promise.resolve()
  #settle: ((delivery: Delivery) => void) | undefined
  #lastReference = 0

  constructor(world: () => World) {
    this.#world = world
  }

  /** A message or a report comes from the centre. Waits for its turn, and for what the client says. */
  deliver(octets: Bytes): Promise<Delivery> {
    const turn = this.#turn.then(() => this.#print(octets))
    this.#turn = turn
    return turn
  }

  /** `+CMGS`: the modem puts its own number into the message, and tells it. */
  submit(order: commands.SmsOrder): Outcome<{ reference: number }> {
    const world = this.#world()
    const read = sms.readPduText(order.pdu, order.length)
    const submit = read.ok ? sms.readSubmit(read.value.octets) : read
    if (!submit.ok || !isRegistered(world.state) || this.carrier === undefined) {
      world.state.lastFailure = 'SMS 300'
      return generic
    }
    this.#lastReference = (this.#lastReference + 1) % 256
    useRadio(world)
    this.carrier.submit(sms.formatPdu({ ...submit.value, reference: this.#lastReference }))
    return ok({ reference: this.#lastReference })
  }

  /** `+CNMA`: 2 says that it was not taken (SMS-13). */
  acknowledge(kind: number): Outcome<void> {
    if (this.#settle === undefined) return generic
    this.#settle(kind === 2 ? 'refused' : 'taken')
    return ok(undefined)
  }

  /** The modem starts anew: nobody will acknowledge any more. */
  restart(): void {
    this.#settle?.('unacknowledged')
  }

  async #print(octets: Bytes): Promise<Delivery> {
    const world = this.#world()
    const text = isRegistered(world.state) ? noticeOf(world.state, octets, this.carrier?.centre ?? '') : undefined
    if (text === undefined) return 'absent'
    const { promise, resolve } = Promise.withResolvers<Delivery>()
    const answered = new AbortController()
    this.#settle = (delivery) => {
      this.#settle = undefined
      answered.abort()
      resolve(delivery)
    }
    useRadio(world)
    world.notify(text)
    if (!answered.signal.aborted) {
      world.clock.sleep(acknowledgeWithin, answered.signal).then(
        () => this.#dropClient(world),
        () => {},
      )
    }
    return promise
  }

  /** SMS-14 */
  #dropClient(world: World): void {
    world.state.smsRouting = released
    this.#settle?.('unacknowledged')
    world.notify('+CMS ERROR: 524')
  }
}

/** What is printed, where the client has asked for this kind (SMS-03, SMS-11, SMS-12, SMS-30). */
function noticeOf({ smsRouting }: VirtualState, octets: Bytes, centre: string): string | undefined {
  if (smsRouting.mode !== 3) return undefined
  const message = sms.readDeliver(octets)
  if (message.ok) {
    const { text, length } = sms.pduText(octets, centre)
    return smsRouting.deliver === 2
      ? commands.cmtNotice.format({ alpha: message.value.from, length, pdu: text })
      : undefined
  }
  const pdu = sms.pduText(octets).text.slice(2)
  return smsRouting.report === 1 ? commands.cdsNotice.format({ length: octets.length, pdu }) : undefined
}
