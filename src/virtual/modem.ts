import { finalLine, splitCommand } from '../at/index.ts'
import { type Clock, type Outcome, type Random, refused, seededRandom } from '../terms/index.ts'
import type { Behaviour, World } from './behaviour.ts'
import { behaviours } from './behaviours/index.ts'
import { type VirtualIdentity, virtualIdentity } from './identity.ts'
import type { Personality } from './personality.ts'
import { startState, type VirtualState } from './state.ts'
import { CredentialStore, type MemoryOptions } from './store.ts'
import { type TlsMaterial, tlsMaterial } from './tls-material.ts'

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
  readonly #clock: Clock
  readonly #random: Random
  #state: VirtualState = startState()
  #listeners: ((line: string) => void)[] = []
  readonly #faults: Fault[] = []

  constructor(options: VirtualModemOptions) {
    this.personality = options.personality
    this.identity = virtualIdentity(options.seed ?? '0', options.index ?? 0)
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

  /** The power goes when so many more bytes are written into its memory, and then it says nothing until it is restarted; 0 is now. */
  cutPower(afterBytes: number): void {
    this.store.cutAfter(afterBytes)
  }

  /** Power gone and back: it holds what its memory's bytes say, everything else is as after a start (MODE-01, LOSS-17). */
  restart(): void {
    this.store.mount()
    const { sim, supply } = this.#state
    this.#state.lte = false
    this.#state = { ...startState(), sim, supply }
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

  #carryOut(text: string): Reply {
    const reply = this.store.off ? silence : this.#obey(text)
    // What the power went over was not said.
    return this.store.off ? silence : reply
  }

  #obey(text: string): Reply {
    const command = splitCommand(text)
    const known = command === undefined ? [] : (behaviours.get(command.name) ?? [])
    return this.#answer(known, command?.rest ?? '')
  }

  #answer(known: readonly Behaviour[], rest: string): Reply {
    const world = this.#world()
    for (const behaviour of known) {
      const takesMs = behaviour.takes(world)
      const numbered = this.#state.errorReporting === 1
      const answer = behaviour.answer(world, rest)
      if (answer !== undefined) return { text: lines(answer.lines, answer.outcome, numbered), takesMs }
    }
    // AT-09: what is not understood, by name or by form, is the generic error.
    const notUnderstood = refused({ kind: 'cme', code: 0 } as const)
    return { text: lines('', notUnderstood, this.#state.errorReporting === 1), takesMs: 1 }
  }

  #world(): World {
    return {
      personality: this.personality,
      identity: this.identity,
      clock: this.#clock,
      random: this.#random,
      store: this.store,
      state: this.#state,
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
