import type { Libc, SdkVersion } from '../numbers/index.ts'
import type { Instant, Slot } from '../terms/index.ts'
import type { EvidenceRef } from './evidence.ts'
import type { Concept } from './prose/lexicon.ts'
import type { Spoken } from './prose/matters.ts'
import type { Sign } from './signs/tables.ts'

/** Which call printed a number. */
export type Call = 'connect' | 'session' | 'key-store' | 'name' | 'link' | 'start' | 'at' | 'other'

/** Why one side does not accept the other's certificate. `unsaid`: it does not say. */
export type DistrustWhy = 'untrusted' | 'expired' | 'revoked' | 'name' | 'clock' | 'missing' | 'unusable' | 'unsaid'

/** What a text in a slot turned out to be. `client`: a certificate that is for clients and for nothing else. */
export type Holding = 'authority' | 'leaf' | 'client' | 'no-line-ends' | 'form-wrong' | 'nothing-valid'

/** What each kind of fact says. Slots and tags are as the modem numbers them; millivolt; errno with its sign as printed. */
export interface FactValues {
  /** The SDK that the application was built with. `from` tells whether it was said, or follows from a boot banner. */
  sdk: { version: SdkVersion; from: 'said' | 'banner' }
  libc: { libc: Libc }
  mfw: { text: string }
  /** The modem had one firmware, and then another: names or versions, as they were said. */
  'firmware-move': { from: string; to: string }
  hardware: { text: string }
  /** The application started: its banner. */
  boot: { banner: 'zephyr' | 'sdk' }
  /** The board in question, by the name that logs give it: a client id, `board-7`. */
  client: { name: string }
  /** A security tag: the application's, or one that was only provisioned or asked about. */
  tag: { tag: number; how: 'told' | 'logged' | 'provisioned' | 'asked' }
  /**
   * A number that a call printed when it failed, with its sign as printed. `name`: the line had the errno's name and no number,
   * so that `number` is newlib's, whatever the build.
   */
  failure: { number: number; name?: string; call: Call }
  /** mbedTLS in the application core failed. */
  'native-tls': { number: number }
  /** A listing line without a question that says what was listed. */
  held: { tag: number; type: number; digest: 'placeholder' | 'sha256' }
  /**
   * A listing from its question on: what was asked for, and all that came. `final`: the modem ended it. `blank`: the reply
   * was blank. `open`: something came, and no end; what is not in it may still be held.
   */
  listing: { tag?: number; type?: number; held: readonly Slot[]; end: 'final' | 'blank' | 'open' }
  /** What `sectag verify` found in a slot. */
  slot: { tag: number; type: number; is: 'same' | 'differs' | 'missing' | 'unwanted' | 'unknowable' }
  /** A write of a credential, and how its text is malformed, where that shows; with which `+CME ERROR` it was refused. */
  written: { tag: number; type: number; fault?: string; end: 'ok' | 'refused' | 'open'; code?: number }
  /** What the content of a slot is, as it was read back, or as it was written and taken. */
  content: { tag: number; type: number; how: 'read' | 'written'; holds: Holding; fault?: string }
  /** A refusal with a number; the command, where it is known. */
  refused: { kind: 'cme' | 'cms'; code: number; command?: string }
  /** This way of asking returned text to a question that always has an answer. */
  control: { question: string }
  /** What time it is for the modem, or at the broker. */
  clock: { at: Instant; of: 'modem' | 'broker' }
  /** From when, or until when, a certificate is valid that somebody showed. */
  validity: { edge: 'from' | 'until'; at: Instant }
  /** A certificate that stands in the evidence by itself; bytes of its DER. `fault`: what is wrong in the form of its text. */
  certificate: {
    is: 'authority' | 'leaf' | 'client' | 'unreadable'
    subject?: string
    key?: string
    from?: Instant
    until?: Instant
    bytes: number
    fault?: string
  }
  /** A public root that came to an end is held, or is named; `at`: the latest date that stands in the same evidence. */
  'public-root': { name: string; how: 'held' | 'named'; at?: Instant }
  mode: { mode: number; how: 'read' | 'set' }
  /** Somebody asked which modes there are (`AT+CFUN=?`). */
  'modes-asked': { question: string }
  /** A blank reply to a question that is not a listing, or to none that is known. */
  blank: { question?: string }
  supply: { millivolt: number }
  /** Something happened to the power. */
  power: { event: 'brown-out' | 'battery-empty' | 'battery-low' | 'power-cut' }
  /** What people say of how it came about. */
  history: { what: 'worked-before' | 'rewrite-cures' | 'writes-at-boot' | 'many-at-once' }
  sim: { state: 'ready' | 'failed' | 'refuses' | 'locked'; what: string }
  registration: { stat: number; reject?: number }
  /** The modem bars itself from attaching, after too many resets without a clean end. */
  barred: { words: string }
  /** The network as a log line tells it. */
  link: { up: boolean }
  /** One side told the other, or its own log, that it does not accept the other's certificate. */
  distrust: { by: 'device' | 'broker' | 'either'; why: DistrustWhy }
  /** An alert that may have more than one reason. */
  alert: { code: number; by: 'device' | 'broker' | 'either' }
  /** A signature was not by the key of the certificate. */
  'key-mismatch': { by: 'device' | 'broker' | 'host' }
  /** The broker answered CONNECT; 0 is a session. `by`: whose log says so. */
  connack: { code: number; by: 'device' | 'broker'; client?: string }
  /** A line shows, or a person tells, something that is no number. `loosely`: by its concepts, in words that were not seen before. */
  seen: { sign: Sign; loosely?: true }
  /** A sentence is about this, whatever it says of it, or tells that this is what fails. */
  matter: Spoken
  /** A sentence names this; `denied`: as what is not so. */
  named: { concept: Concept; denied?: true }
  /** The radio that the device asks for. */
  'system-mode': { ltem: boolean; nbiot: boolean }
  /** How strong the cell is that the modem hears (RSRP, dBm); without a value it hears none, or did not say. */
  signal: { dbm?: number }
  /** Whether the device has an address in the packet network, as its modem says. */
  address: { given: boolean }
  /** An ESM cause: why the network gives no bearer. */
  bearer: { cause: number }
  /**
   * A line of a broker's own log, whatever it says; a connection that was opened and became no session; one that ended before its client
   * had said its name; or one whose first bytes were no MQTT.
   */
  'broker-log': { shows: 'line' | 'arrival' | 'nameless-end' | 'no-mqtt' }
  /** The session of a client id was taken over, from the same address or from another one. */
  takeover: { address: 'same' | 'other' | 'unknown' }
  /** A chain as a line shows it: so many certificates, of a server that works or of one that does not; DER bytes, where they show. */
  chain: { certificates?: number; of: 'working' | 'failing' | 'unsaid'; bytes?: number }
}

/** The name of a kind of fact. */
export type FactKind = keyof FactValues

/** One fact: what was read, and where. `said` is the line, secrets struck out, cut to what fits on a screen. */
export interface FactOf<K extends FactKind> {
  readonly kind: K
  readonly value: FactValues[K]
  readonly from: EvidenceRef
  readonly said: string
  /** The board in question, or one that works and is shown for comparison. */
  readonly role: Role
  /** The board that the line names, where it names one. */
  readonly subject?: string
  /** How often it was read, and when first and last: by turns, which order the lines of one evidence by time where they are stamped. */
  readonly times: number
  readonly turn: number
  readonly last: number
  /** When it was last read, by a date in its evidence. */
  readonly at?: Instant
}

/** Whose fact it is. */
export type Role = 'patient' | 'reference'

/** Any fact. */
export type Fact = { [K in FactKind]: FactOf<K> }[FactKind]
