import type { X509Certificate } from 'node:crypto'
import type { Instant, Outcome } from '../../terms/index.ts'
import type { Asked, TlsFailure } from '../../tls/index.ts'
import type { ShownChain } from './chain.ts'
import type { MqttAnswer } from './session.ts'

/** Whether the server wants to see a certificate of its clients, as far as the handshake shows it. */
export type Demand = 'not-asked' | 'asked' | 'demanded' | 'unknown'

/** All that was seen of a broker, raw. What was not tried, or could not be, is left out. */
export interface Survey {
  readonly host: string
  readonly port: number
  /** What boards call it; left out for boards that set no name. */
  readonly name?: string
  readonly firmware?: string
  /** What boards hold. */
  readonly roots: readonly X509Certificate[]
  /** What else is known of certificates. */
  readonly known: readonly X509Certificate[]
  /** This computer's clock when it began. */
  readonly now: Instant
  /** What came of a modem's hello. */
  readonly greeted: Asked
  /** What came of wider ones, where that was refused: with any curve and signature, with anything, with any version. */
  readonly wider?: { readonly suites: Asked; readonly any: Asked; readonly versions: Asked }
  /** Whether an MQTT broker answered in clear; looked at only with a client's certificate and key. */
  readonly plain?: boolean
  /** The first certificates that it sent to any of them; `unreadable` where one of them is none. */
  readonly chain?: ShownChain | 'unreadable'
  readonly sharedSuites?: readonly string[]
  readonly sharedCurves?: readonly string[]
  /** What came of a modem's hello without a name, where boards set one. */
  readonly nameless?: Asked
  /** Whether it holds itself to records of 2,048 bytes where it is asked to, and whether it gives out tickets or session ids. */
  readonly shortRecords?: boolean
  readonly resumes?: { readonly ticket: boolean; readonly session: boolean }
  readonly demand: Demand
  /** The handshake of a modem, with all its limits: the suite where it entered. */
  readonly entry?: Outcome<string, TlsFailure>
  /** The same by a board that sets no name, where the others do. */
  readonly bareEntry?: Outcome<string, TlsFailure>
  /** Whether a client's certificate was shown in it. */
  readonly clientShown: boolean
  readonly session?: MqttAnswer
  readonly serverClock?: Instant
  /** It stopped answering in the middle: the rest is not known. */
  readonly cut: boolean
}

/** Whether the server answered a modem's hello in TLS 1.2. */
export function answers({ greeted }: Survey): boolean {
  return greeted.end === 'done' && greeted.flight.hello?.version === 0x0303
}

/** The chain where there is one that can be read. */
export function chainOf({ chain }: Survey): ShownChain | undefined {
  return chain === 'unreadable' ? undefined : chain
}
