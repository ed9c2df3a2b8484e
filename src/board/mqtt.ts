import type { Duplex } from 'node:stream'
import { generate, type Packet, parser } from 'mqtt-packet'
import { Mailbox } from '../at/index.ts'
import { type Clock, type Outcome, ok, refused } from '../terms/index.ts'

/** Why there is no session, or no answer in one: CONNACK or SUBACK said no, or nothing came, or what came was no MQTT. */
export type MqttFailure =
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'silence' | 'closed' | 'malformed' | 'aborted' }

/** How a client introduces itself (MQTT 3.1.1). */
export interface MqttOrder {
  readonly clientId: string
  /** Seconds between two signs of life. */
  readonly keepAlive: number
  readonly cleanSession: boolean
  readonly user?: string
  readonly password?: string
  readonly clock: Clock
  /** Milliseconds for each answer. */
  readonly patience: number
  readonly signal?: AbortSignal
}

/** A message that the broker has sent. */
export interface MqttMessage {
  readonly topic: string
  readonly payload: string
}

/** Messages that nobody came to read in time are dropped, oldest first. */
const mostMessages = 256

/** An MQTT 3.1.1 session over a stream, which belongs to it: when one ends, so does the other. */
export class MqttSession {
  readonly messages = new Mailbox<MqttMessage>(mostMessages)
  readonly #stream: Duplex
  readonly #order: MqttOrder
  readonly #reader = parser({ protocolVersion: 4 })
  readonly #waiting = new Map<string, (outcome: Outcome<Packet, MqttFailure>) => void>()
  readonly #over = new AbortController()
  readonly #ended = Promise.withResolvers<MqttFailure | undefined>()
  #lastNumber = 0

  private constructor(stream: Duplex, order: MqttOrder) {
    this.#stream = stream
    this.#order = order
    this.#reader.on('packet', (packet) => this.#take(packet)).on('error', () => this.#end({ kind: 'malformed' }))
    stream.on('data', (chunk: Uint8Array) => this.#hear(chunk))
    stream.on('error', () => this.#end({ kind: 'closed' }))
    stream.on('end', () => this.#end({ kind: 'closed' }))
    stream.on('close', () => this.#end({ kind: 'closed' }))
    order.signal?.addEventListener('abort', () => this.#end({ kind: 'aborted' }), { signal: this.#over.signal })
    if (order.signal?.aborted === true) this.#end({ kind: 'aborted' })
  }

  /** CONNECT; a CONNACK other than 0 is a refusal with its code. */
  static async open(stream: Duplex, order: MqttOrder): Promise<Outcome<MqttSession, MqttFailure>> {
    const session = new MqttSession(stream, order)
    const { clientId, keepAlive, cleanSession, user, password } = order
    const connack = await session.#ask('connack', {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: cleanSession,
      clientId,
      keepalive: keepAlive,
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && { password: Buffer.from(password) }),
    })
    if (!connack.ok) return connack
    const code = connack.value.cmd === 'connack' ? (connack.value.returnCode ?? 0) : 0
    if (code === 0) {
      void session.#stayAlive()
      return ok(session)
    }
    session.#end({ kind: 'refused', code })
    return refused({ kind: 'refused', code })
  }

  /** Resolves when the session is over: undefined after our own DISCONNECT, else with what ended it. */
  get ended(): Promise<MqttFailure | undefined> {
    return this.#ended.promise
  }

  /** Sends a message; with QoS 1 it waits for the broker's word. */
  async publish(topic: string, payload: string, qos: 0 | 1): Promise<Outcome<void, MqttFailure>> {
    const message = { cmd: 'publish', topic, payload, dup: false, retain: false } as const
    if (qos === 0) {
      this.#send({ ...message, qos })
      return ok(undefined)
    }
    const messageId = this.#number()
    const answer = await this.#ask(`puback ${messageId}`, { ...message, qos, messageId })
    return answer.ok ? ok(undefined) : answer
  }

  /** Subscribes with QoS 1. */
  async subscribe(topic: string): Promise<Outcome<void, MqttFailure>> {
    const messageId = this.#number()
    const answer = await this.#ask(`suback ${messageId}`, {
      cmd: 'subscribe',
      messageId,
      subscriptions: [{ topic, qos: 1 }],
    })
    if (!answer.ok) return answer
    const granted = answer.value.cmd === 'suback' ? Number(answer.value.granted[0]) : 128
    return granted < 128 ? ok(undefined) : refused({ kind: 'refused', code: granted })
  }

  /** Says goodbye, so that the broker does not miss us. */
  disconnect(): void {
    if (this.#over.signal.aborted) return
    this.#send({ cmd: 'disconnect' })
    this.#end(undefined)
  }

  #number(): number {
    this.#lastNumber = (this.#lastNumber % 0xffff) + 1
    return this.#lastNumber
  }

  #send(packet: Packet): void {
    if (!this.#over.signal.aborted) this.#stream.write(generate(packet))
  }

  async #ask(answer: string, packet: Packet): Promise<Outcome<Packet, MqttFailure>> {
    if (this.#over.signal.aborted) return refused({ kind: 'closed' })
    const { promise, resolve } = Promise.withResolvers<Outcome<Packet, MqttFailure>>()
    const settled = new AbortController()
    this.#waiting.set(answer, resolve)
    this.#order.clock.sleep(this.#order.patience, settled.signal).then(
      () => this.#end({ kind: 'silence' }),
      () => {},
    )
    this.#send(packet)
    const outcome = await promise
    settled.abort()
    this.#waiting.delete(answer)
    return outcome
  }

  #hear(chunk: Uint8Array): void {
    if (!this.#over.signal.aborted) this.#reader.parse(Buffer.from(chunk))
  }

  #take(packet: Packet): void {
    if (packet.cmd === 'publish') return this.#takeMessage(packet)
    const name = 'messageId' in packet ? `${packet.cmd} ${packet.messageId}` : packet.cmd
    this.#waiting.get(name)?.(ok(packet))
  }

  #takeMessage(packet: Packet & { cmd: 'publish' }): void {
    this.messages.put({ topic: packet.topic, payload: packet.payload.toString() })
    if (packet.qos === 1 && packet.messageId !== undefined) this.#send({ cmd: 'puback', messageId: packet.messageId })
  }

  /** A PINGREQ in every keep-alive; an answer that does not come ends the session. */
  async #stayAlive(): Promise<void> {
    const { clock, keepAlive } = this.#order
    if (keepAlive === 0) return
    try {
      for (;;) {
        await clock.sleep(keepAlive * 1000, this.#over.signal)
        await this.#ask('pingresp', { cmd: 'pingreq' })
      }
    } catch {
      // The session is over.
    }
  }

  #end(why: MqttFailure | undefined): void {
    if (this.#over.signal.aborted) return
    this.#over.abort()
    for (const resolve of this.#waiting.values()) resolve(refused(why ?? { kind: 'closed' }))
    this.messages.end()
    if (why?.kind === 'aborted') this.#stream.destroy()
    else this.#stream.end()
    this.#ended.resolve(why)
  }
}
