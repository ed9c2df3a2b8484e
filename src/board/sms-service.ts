import { commands, commandText, finalOf, sms } from '../at/index.ts'
import type { Clock } from '../terms/index.ts'
import type { VirtualModem } from '../virtual/index.ts'
import type { Level } from './build.ts'
import { type LongReplies, smsMessages } from './sms.ts'

/** What the service needs of its board. */
export interface SmsServiceOptions {
  readonly modem: VirtualModem
  readonly clock: Clock
  readonly long: LongReplies
  readonly print: (level: Level, text: string) => void
  readonly command: (text: string) => Promise<string>
  /** A text has come whole. */
  readonly hears: (message: sms.SmsText) => Promise<void>
}

/** What a library call returns for a refusal: 65536 for a plain error, else with its number (ERR-110). */
function errorOf(answer: string): number {
  const final = answer.split('\r\n').flatMap((line) => finalOf(line) ?? [])[0]
  const refusal = final?.ok === false ? final.refusal : undefined
  if (refusal?.kind === 'cme') return 0x2_0000 + refusal.code
  return refusal?.kind === 'cms' ? 0x3_0000 + refusal.code : 0x1_0000
}

/** The short messages of an application, as the SDK's library handles them: it acknowledges at once, and puts parts together. */
export class SmsService {
  readonly #options: SmsServiceOptions
  #assembly = sms.emptyAssembly
  #work: Promise<void> = Promise.resolve()
  #reference = 0

  constructor(options: SmsServiceOptions) {
    this.#options = options
  }

  /** Hears what the modem notifies. Returns a way to stop. */
  listen(): () => void {
    return this.#options.modem.listen((line) => {
      if (/^\+C(?:MT|DS): /.test(line)) this.#take(line)
      // SMS-14: whoever is dropped registers again.
      if (line === '+CMS ERROR: 524') {
        this.#options.print('wrn', 'SMS client was unregistered')
        this.#then(async () => void (await this.#options.command('AT+CNMI=3,2,0,1')))
      }
    })
  }

  /** Resolves when everything that has come is carried out. */
  idle(): Promise<void> {
    return this.#work
  }

  /** Sends a text; says in the log what became of it. */
  async send(to: string, text: string): Promise<void> {
    const { command, long, print } = this.#options
    this.#reference = (this.#reference + 1) % 256
    const messages = smsMessages(text, long, this.#reference)
    // SMS-18
    if (messages.length > 1) await command('AT+CMMS=1')
    for (const data of messages) {
      const octets = sms.formatPdu({ kind: 'submit', to, reference: 0, wantsReport: true, data })
      const { length, text: pdu } = sms.pduText(octets)
      const answer = await command(commandText(commands.cmgs, { length, pdu }))
      if (!answer.endsWith('OK\r\n')) return print('err', `Failed to send SMS, error: ${errorOf(answer)}`)
      print('inf', `SMS sent, ${data.alphabet === 'octets' ? data.octets.length : data.text.length} characters`)
    }
  }

  #take(notice: string): void {
    const { clock, modem, hears, print } = this.#options
    modem.execute('AT+CNMA=1')
    if (notice.startsWith('+CDS')) return print('inf', 'SMS status report received')
    const { length, pdu } = commands.cmtNotice.parse(notice)
    const read = sms.readPduText(pdu, length)
    const message = read.ok ? sms.readDeliver(read.value.octets) : read
    if (!message.ok) return print('err', `SMS could not be read: ${message.refusal.code}`)
    const { assembly, whole } = sms.assemble(this.#assembly, message.value, clock.now())
    this.#assembly = assembly
    if (whole !== undefined) this.#then(() => hears(whole))
  }

  /** One after the other; what the end of the board cuts off is nobody's mistake. */
  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => {})
  }
}
