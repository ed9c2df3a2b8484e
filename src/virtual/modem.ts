import { finalLine, splitCommand } from '../at/index.ts'
import { type Firmware, knowsCommand, parseFirmware } from '../numbers/index.ts'
import { type Clock, type Outcome, type Random, refused, seededRandom } from '../terms/index.ts'
import type { Behaviour, World } from './behaviour.ts'
import { behaviours } from './behaviours/index.ts'
import { type VirtualIdentity, virtualIdentity } from './identity.ts'
import type { Personality } from './personality.ts'
import { lookAround } from './registration.ts'
import { started } from './reset-loop.ts'
import { SmsLink } from './sms-link.ts'
import { startState, type VirtualState } from './state.ts'
import { CredentialStore, type MemoryOptions } from './store.ts'
import { supplyChanges } from './supply.ts'
import { type TlsMaterial, tlsMaterial } from './tls-material.ts'
import type { TlsSessions } from './tls-sessions.ts'

/** What a modem says to one command: complete lines, and how long it takes to say them. */
export interface Reply {
  readonly text: string
  readonly takesMs: number
  /** What comes after a pause, where it does not come at once. */
  readonly later?: { readonly text: string; readonly afterMs: number }
  /** The cable is pulled behind what was said. */
  readonly unplugs?: true
}

/**
 * A fault, put in front of a modem: it hears the command without white space around it, and may answer in its place, change
 * its answer, or hand something else on than was said.
 */
export type Fault = (text: string, answer: (heard?: string) => Reply) => Reply

/** How a virtual modem is made. */
export interface VirtualModemOptions {
  personality: Personality
  clock: Clock
  /** Same seed and index, same modem. */
  seed?: string
  index?: number
  /** What of its identity is to be otherwise: a published one, where a transcript is replayed. */
  identity?: Partial<VirtualIdentity>
  /** Where its credentials come from and who keeps them; without it they are gone with the process. */
  memory?: MemoryOptions
}

/** A modem without power says nothing. */
const silence: Reply = { text: '', takesMs: 0 }

/** A modem made of memory, below any AT host: it takes command texts and answers in lines. */
export class VirtualModem {
  readonly personality: Personality
  readonly identity: VirtualIdentity
  readonly store: CredentialStore
  /** Its short messages, from the side of the network. */
  readonly sms = new SmsLink(() => this.#world())
  readonly #options: VirtualModemOptions
  readonly #clock: Clock
  readonly #random: Random
  readonly #firmware: Firmware | undefined
  readonly #tlsSessions: TlsSessions = new Map()
  #state: VirtualState = startState()
  #listeners: ((line: string) => void)[] = []
  readonly #faults: Fault[] = []

  constructor(options: VirtualModemOptions) {
    this.#options = options
    this.personality = options.personality
    this.#firmware = parseFirmware(options.personality.firmware)
    this.identity = { ...virtualIdentity(options.seed ?? '0', options.index ?? 0), ...options.identity }
    this.store = new CredentialStore(options.personality, this.identity.seed, options.memory)
    this.#clock = options.clock
    this.#random = seededRandom(`${this.identity.seed}/random`)
  }

  /** What changes while it runs. Tests and boards may set it, as the world outside would. */
  get state(): VirtualState {
    return this.#state
  }

  /** Hears the notifications, each a line without its end. Returns a way to stop listening. */
  listen(listener: (line: string) => void): () => void {
    this.#listeners.push(listener)
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }

  /** What its TLS uses of these tags; keys that were born inside leave it in no other way. */
  tlsMaterial(tags: readonly number[]): TlsMaterial {
    return tlsMaterial(this.store, tags)
  }

  /** What its TLS remembers of earlier sessions; undefined where it remembers none. OPEN-13 */
  get tlsSessions(): TlsSessions | undefined {
    return this.personality.sessionCache ? this.#tlsSessions : undefined
  }

  /** The power goes when so many more bytes are written into its memory, and then it says nothing until it is restarted; 0 is now. */
  cutPower(afterBytes: number): void {
    this.store.cutAfter(afterBytes)
  }

  /** Power gone and back: it holds what its memory's bytes say, everything else is as after a start (MODE-01, LOSS-17). */
  restart(): void {
    this.store.mount()
    const { functionalMode, network, resetPending, sim, simPin, supply } = this.#state
    // OPEN-16: the restriction came with keys born inside, as far as is known.
    const clean = functionalMode === 0 || this.personality.bornKeys === undefined
    const starts = started(this.#state.starts, { clean, forgiven: resetPending === 0 }, this.#clock)
    this.#state.lte = false
    this.#state = { ...startState(), sim, simPin, supply, network, starts }
    this.sms.restart()
    this.#tlsSessions.clear()
    // LOSS-06, OPEN-10
    if (resetPending !== undefined && this.personality.factoryResetErases) this.#eraseCredentials()
  }

  /** The same modem after an update of its firmware, full or delta: users' credentials stay (LOSS-22). This one is no more. */
  updated(personality: Personality): VirtualModem {
    const after = new VirtualModem({ ...this.#options, personality })
    for (const { content, origin, tag, type } of this.store.items())
      if (origin !== 'factory') after.store.put({ tag, type }, content, origin)
    after.#state = {
      ...startState(),
      sim: this.#state.sim,
      simPin: this.#state.simPin,
      supply: this.#state.supply,
      network: this.#state.network,
    }
    return after
  }

  /** The supply changes to so many millivolt; below its threshold the modem warns and goes to flight mode (POW-08). */
  power(millivolt: number): void {
    supplyChanges(this.#world(), millivolt)
  }

  /** Looks at the network again, as modems do from time to time: it may have changed its mind, or be gone. */
  lookAround(): void {
    lookAround(this.#world())
  }

  /** Puts a fault in front of everything that was put there before. */
  inFront(fault: Fault): void {
    this.#faults.unshift(fault)
  }

  /** Carries out one command text, without terminator. There is exactly one final line (AT-16). */
  execute(text: string): Reply {
    const answer = this.#faults.reduceRight<(heard: string) => Reply>(
      (behind, fault) => (heard) => fault(heard.trim(), (instead) => behind(instead ?? heard)),
      (heard) => this.#carryOut(heard),
    )
    return answer(text)
  }

  #eraseCredentials(): void {
    for (const item of this.store.items()) if (item.origin !== 'factory') this.store.delete(item)
  }

  #carryOut(text: string): Reply {
    const reply = this.store.off ? silence : this.#obey(text)
    // What the power went over was not said.
    return this.store.off ? silence : reply
  }

  #obey(text: string): Reply {
    const numbered = this.#state.errorReporting > 0
    const { lines: information, outcome, takesMs } = this.#answer(text)
    return { text: lines(information, outcome, numbered), takesMs }
  }

  #answer(text: string): { lines: string; outcome: Outcome<unknown>; takesMs: number } {
    const command = splitCommand(text)
    const world = this.#world()
    for (const behaviour of this.#known(command?.name)) {
      const takesMs = behaviour.takes(world)
      const answer = behaviour.answer(world, command?.rest ?? '')
      if (answer !== undefined) return { ...answer, takesMs }
    }
    // AT-09: what is not understood, by name or by form, is the generic error.
    return { lines: '', outcome: refused({ kind: 'cme', code: 0 }), takesMs: 1 }
  }

  #known(name: string | undefined): readonly Behaviour[] {
    const firmware = this.#firmware
    const older = name !== undefined && firmware !== undefined && !knowsCommand(firmware, name)
    return name === undefined || older ? [] : (behaviours.get(name) ?? [])
  }

  #world(): World {
    return {
      personality: this.personality,
      identity: this.identity,
      clock: this.#clock,
      random: this.#random,
      store: this.store,
      state: this.#state,
      sms: this.sms,
      run: (text) => this.#answer(text),
      notify: (line) => {
        for (const listener of this.#listeners) listener(line)
      },
    }
  }
}

/** Every line ends with CR LF; none begins with it (AT-17). */
function lines(information: string, outcome: Outcome<unknown>, numbered: boolean): string {
  const final = `${finalLine(outcome, numbered)}\r\n`
  return information === '' ? final : `${information}\r\n${final}`
}
