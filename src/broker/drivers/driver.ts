import type { Crl } from '../../pki/index.ts'
import type { Outcome } from '../../terms/index.ts'

/** A certificate whose holder is to be out. */
export interface Who {
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  /** Hexadecimal. */
  readonly serial: string
  /** `CN=…` */
  readonly subject: string
}

/** A session that is up, as far as the driver's source knows who holds it. */
export interface LiveSession {
  /** Address and port of the other side. */
  readonly peer: string
  readonly clientId?: string
  readonly subject?: string
  readonly fingerprint?: string
}

/** What publishing has shown, in milliseconds from the first byte that was put in place. */
export interface Published {
  /** When a certificate that stands in the list was refused: this list is in force. */
  readonly inForceAfter: number
  /** When a healthy certificate had entered again. */
  readonly healthyAfter: number
}

/** Why a driver did not do it. */
export interface DriverProblem {
  readonly code: /** The list would harm: nothing was put in place. */
    | 'guarded'
    /** Nobody answers there as a broker: nothing was put in place. */
    | 'not-reached'
    /** The list could not be put in place, or the broker not be told to load it. */
    | 'not-placed'
    /** A certificate of the list still enters: the list is not in force. */
    | 'not-in-force'
    /** A healthy certificate does not enter with it. */
    | 'locked-out'
    /** The source does not say whose sessions there are. */
    | 'cannot-tell'
    /** Somebody who is good has the same name, and the source knows sessions by nothing else. */
    | 'namesake'
    /** A session of the certificate is still up. */
    | 'not-ended'
  /** What happened, in words. */
  readonly text: string
  /** How the broker stands now, in words. */
  readonly state: string
}

/** Who holds which session, and how the sessions of one certificate are ended. */
export interface Sessions {
  /** All that are up. */
  sessions(): Promise<Outcome<readonly LiveSession[], DriverProblem>>
  /** Ends those of this certificate and nobody else's; `ended` counts them. */
  endSessions(who: Who): Promise<Outcome<{ readonly ended: number }, DriverProblem>>
}

/** What a revocation needs of a broker; one file a broker. */
export interface BrokerDriver extends Sessions {
  readonly name: string
  /**
   * Puts a list in force and shows it: a certificate of the list is refused, a healthy one enters. What the guard refuses
   * never arrives; where a healthy certificate does not enter, the list from before is put back.
   */
  publish(crl: Crl): Promise<Outcome<Published, DriverProblem>>
}
