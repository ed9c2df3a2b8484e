import { isOnline } from '../virtual/index.ts'
import { parseSdk } from '../numbers/index.ts'
import { type Bytes, type Instant, SectagError, utf8 } from '../terms/index.ts'
import { runApplication } from './application.ts'
import type { Body } from './body.ts'
import { applicationLine, bootBanner, type Level } from './build.ts'
import type { Build } from './errno.ts'
import type { Led } from './led.ts'
import { BoardLog } from './log.ts'
import type { VirtualBoardOptions } from './options.ts'
import { smsMessages, smsReply } from './sms.ts'

interface Life {
  readonly ending: AbortController
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
    const { clock, modem, network } = this.options
    this.#startedAt = clock.now()
    modem.restart()
    if (network?.sim !== undefined) modem.state.sim = sims[network.sim]
    this.#log.write(bootBanner(this.#build.sdk))
    const ending = new AbortController()
    this.#life = { ending, application: this.#run(ending.signal) }
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
   * An SMS comes in. A text that begins with AT goes to the modem, and what it says goes back: nothing at all where there is
   * no information line. Without a network, or a client registered for SMS (SMS-04), nobody hears it.
   */
  async receiveSms(text: string): Promise<void> {
    if (!this.#canSms()) return
    this.#print('inf', `SMS received, ${text.length} characters`)
    if (!/^at/i.test(text.trim())) return
    const reply = smsReply(await this.#command(text.trim()))
    const { longReplies, phone, sendSms } = this.options
    for (const message of smsMessages(reply, longReplies ?? 'cut')) {
      // The command itself may have ended the network.
      if (!this.#canSms()) return this.#print('err', 'Failed to send SMS, error: 65536')
      await sendSms({ from: phone, text: message })
      this.#print('inf', `SMS sent, ${message.length} characters`)
    }
  }

  #canSms(): boolean {
    const { state } = this.options.modem
    return this.#life !== undefined && isOnline(state) && state.smsRouting.mode === 3
  }

  async #run(signal: AbortSignal): Promise<void> {
    const body: Body = {
      options: this.options,
      build: this.#build,
      // What is torn down with the board happens without power, and says nothing.
      print: (level, text) => signal.aborted || this.#print(level, text),
      show: (led) => signal.aborted || this.#show(led),
      command: (text) => this.#command(text, signal),
    }
    const deaf = this.options.modem.listen((line) => line.startsWith('+CEREG') && this.#print('inf', line))
    try {
      await runApplication(body, signal)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      deaf()
    }
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
