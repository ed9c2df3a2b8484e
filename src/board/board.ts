import { sms } from '../at/index.ts'
import { parseSdk } from '../numbers/index.ts'
import { type Bytes, type Instant, SectagError, utf8 } from '../terms/index.ts'
import { runApplication } from './application.ts'
import type { Body } from './body.ts'
import { applicationLine, bootBanner, type Level } from './build.ts'
import type { Build } from './errno.ts'
import type { Led } from './led.ts'
import { BoardLog } from './log.ts'
import type { VirtualBoardOptions } from './options.ts'
import { smsReply } from './sms.ts'
import { SmsService } from './sms-service.ts'

interface Life {
  readonly ending: AbortController
  readonly messages: SmsService
  readonly application: Promise<void>
}

/**
 * A virtual board: the application that runs beside a virtual modem, with a real TLS connection made of what the modem
 * holds, real MQTT, a log, a light and a phone number. It knows no more than such an application knows, and prints what
 * its SDK and C library would make it print.
 */
export class VirtualBoard {
  readonly options: VirtualBoardOptions
  readonly #build: Build
  readonly #log = new BoardLog()
  #led: Led = 'off'
  #watchers: (() => void)[] = []
  #life: Life | undefined
  #startedAt: Instant = 0
  /** What is on its way to whoever listens for its messages. */
  #posted: Promise<void> = Promise.resolve()

  constructor(options: VirtualBoardOptions) {
    const sdk = parseSdk(options.sdk)
    if (sdk === undefined) throw new SectagError('internal', `no SDK is called ${options.sdk}`)
    const { libc, minimalNumbers } = options
    this.options = options
    this.#build = { sdk, libc, ...(minimalNumbers !== undefined && { minimalNumbers }) }
  }

  /** What it has printed, line by line; the latest few thousand. */
  get log(): readonly string[] {
    return this.#log.lines
  }

  /** What its light shows now. */
  get led(): Led {
    return this.#led
  }

  /** Its log, from the oldest line that is kept, and then as it comes, until the signal. */
  follow(signal?: AbortSignal): AsyncGenerator<string, void, void> {
    return this.#log.follow(signal)
  }

  /** The same as bytes, as they come out of its serial port: lines end with CR LF. */
  async *serial(signal?: AbortSignal): AsyncGenerator<Bytes, void, void> {
    for await (const line of this.#log.follow(signal)) yield utf8(`${line}\r\n`)
  }

  /** Resolves when the light shows this; rejects when aborted. */
  async shows(led: Led, signal?: AbortSignal): Promise<void> {
    while (this.#led !== led) {
      signal?.throwIfAborted()
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#watchers.push(resolve)
      signal?.addEventListener('abort', () => resolve(), { once: true })
      await promise
    }
  }

  /** Power on: the modem starts anew, and the application begins. Resolves at once; what then happens shows in log and light. */
  async boot(): Promise<void> {
    await this.halt()
    const { battery, clock, modem, network } = this.options
    this.#startedAt = clock.now()
    modem.restart()
    modem.state.network = network ?? modem.state.network
    if (battery !== undefined) modem.power(battery.level)
    if (network?.sim !== undefined) modem.state.sim = sims[network.sim]
    this.#log.write(bootBanner(this.#build.sdk))
    const ending = new AbortController()
    const messages = this.#messages(ending.signal)
    this.#life = { ending, messages, application: this.#run(ending.signal, messages) }
  }

  /** Stops the application where it stands, all its sockets and waits with it. `cleanly` sends `AT+CFUN=0` after it (POW-19). */
  async halt(cleanly = false): Promise<void> {
    const life = this.#life
    if (life === undefined) return
    this.#life = undefined
    life.ending.abort()
    await life.application
    if (cleanly) await this.#command('AT+CFUN=0')
    this.#show('off')
  }

  /**
   * An SMS comes in, past any centre, as the messages that it takes. A text that begins with AT goes to the modem, and what
   * it says goes back: nothing at all where there is no information line. Without a network, or a client registered for SMS
   * (SMS-04), nobody hears it. Resolves when the reply has left.
   */
  async receiveSms(text: string, from = '+491700000000'): Promise<void> {
    const { clock, modem } = this.options
    const at = clock.now() - (clock.now() % 1000)
    for (const data of sms.messagesFor(text, text.length) ?? []) {
      if (this.#life === undefined) return
      await modem.sms.deliver(sms.formatPdu({ kind: 'deliver', from, at, data }))
    }
    await this.#life?.messages.idle()
  }

  #messages(signal: AbortSignal): SmsService {
    const { clock, longReplies, modem } = this.options
    return new SmsService({
      modem,
      clock,
      long: longReplies ?? 'cut',
      print: (level, text) => signal.aborted || this.#print(level, text),
      command: (text) => this.#command(text, signal),
      hears: (message) => this.#hears(message),
    })
  }

  async #hears({ from, text }: sms.SmsText): Promise<void> {
    this.#print('inf', `SMS received, ${text.length} characters`)
    if (!/^at/i.test(text.trim())) return
    const reply = smsReply(await this.#command(text.trim()))
    await this.#life?.messages.send(from, reply)
    await this.#posted
  }

  /** Takes the board's number at the centre, or hands what is sent to whoever listens. Returns a way to leave. */
  #join(): () => void {
    const { centre, modem, phone, sendSms } = this.options
    if (centre !== undefined) return centre.joinModem(phone, modem.sms)
    modem.sms.carrier = {
      submit: (octets) => {
        const message = sms.readSubmit(octets)
        if (!message.ok || message.value.data.alphabet === 'octets') return
        const { data, to } = message.value
        this.#posted = this.#posted.then(() => sendSms?.({ from: phone, to, text: data.text }))
      },
    }
    return () => (modem.sms.carrier = undefined)
  }

  async #run(signal: AbortSignal, messages: SmsService): Promise<void> {
    const body: Body = {
      options: this.options,
      build: this.#build,
      // What is torn down with the board happens without power, and says nothing.
      print: (level, text) => signal.aborted || this.#print(level, text),
      show: (led) => signal.aborted || this.#show(led),
      command: (text) => this.#command(text, signal),
      tell: (to, text) => messages.send(to, text),
      powerFails: () => void this.#fail(),
    }
    const ends = [messages.listen(), this.#join()]
    const deaf = this.options.modem.listen((line) => line.startsWith('+CEREG') && this.#print('inf', line))
    try {
      await runApplication(body, signal)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      for (const end of [deaf, ...ends]) end()
    }
  }

  /** Power is gone, in the middle of whatever it did. */
  async #fail(): Promise<void> {
    this.#life?.ending.abort()
    this.options.modem.restart()
    await this.halt()
  }

  async #command(text: string, signal?: AbortSignal): Promise<string> {
    const { clock, modem } = this.options
    const { text: answer, takesMs } = modem.execute(text)
    await clock.sleep(takesMs, signal)
    return answer
  }

  #print(level: Level, text: string): void {
    this.#log.write(applicationLine(this.#build.sdk, this.options.clock.now() - this.#startedAt, level, text))
  }

  #show(led: Led): void {
    if (led === this.#led) return
    this.#led = led
    for (const resolve of this.#watchers.splice(0)) resolve()
  }
}

const sims = { ok: 'free', dead: 'none', pin: 'pin' } as const
