import type { Clock } from '../terms/index.ts'
import type { Coverage, SmsCentre, VirtualModem } from '../virtual/index.ts'
import type { Libc } from './errno.ts'
import type { Battery, Habits } from './habits.ts'
import type { LongReplies } from './sms.ts'
import type { TlsMaterial, TlsProfile } from '../tls/index.ts'

/** The world around a board. It is read anew whenever it matters, so it may change while the board runs. */
export interface BoardNetwork extends Coverage {
  /** Read at each boot: `dead` is a SIM that no network takes, `pin` one that asks for a PIN which nobody gives. */
  sim?: 'ok' | 'dead' | 'pin'
  /** Whether names are resolved. */
  dns?: 'ok' | 'fails'
  /** Whether everything to the broker is dropped on the way without a word. */
  blocked?: boolean
  /** Whether the broker's port is closed: the network refuses connections to it. */
  closed?: boolean
}

/** A short message that a board sends. */
export interface SmsMessage {
  /** The board's own number. */
  readonly from: string
  /** Whom it is for: who has sent what it replies to. */
  readonly to: string
  /** Empty where the reply is blank. */
  readonly text: string
}

/** How long an application waits before it tries again, in milliseconds: longer each time, up to the most. */
export interface Retry {
  readonly first: number
  readonly factor: number
  readonly most: number
}

/** How a virtual board is made. */
export interface VirtualBoardOptions {
  readonly modem: VirtualModem
  /** What the modem's TLS finds in these tags, read at each connection. */
  readonly material: (tags: readonly number[]) => TlsMaterial
  readonly clock: Clock
  /** The SDK that it was built with: `1.0.0`. */
  readonly sdk: string
  readonly libc: Libc
  /** For NCS 1.6 and 1.7 with the minimal libc. ERR-06 (OPEN) */
  readonly minimalNumbers?: 'old' | 'new'
  /** Where the broker is, and what it is called. */
  readonly broker: { readonly host: string; readonly port: number; readonly name?: string }
  readonly tag: number
  readonly clientId: string
  /** The number that SMS reach it by. */
  readonly phone: string
  readonly network?: BoardNetwork
  /** Hears what it sends, message by message, where there is no centre. */
  readonly sendSms?: (message: SmsMessage) => void | Promise<void>
  /** Carries its messages; it has its phone number there. */
  readonly centre?: SmsCentre
  /** What its application does beside its work. Default: nothing. */
  readonly habits?: Habits
  /** What it runs on; without one the supply stays as it is. */
  readonly battery?: Battery
  /** Default `cut`. */
  readonly longReplies?: LongReplies
  /** Default: by the firmware of its modem. */
  readonly profile?: TlsProfile
  /** Default: 5 s, twice as long each time, 5 minutes at most. */
  readonly retry?: Retry
  /** Milliseconds for each part of a connection; default 60 s. */
  readonly patience?: number
  /** Milliseconds until it says that there is no network; default 10 minutes. */
  readonly searchPatience?: number
  /** Seconds between two signs of life; default 60. */
  readonly keepAlive?: number
}
