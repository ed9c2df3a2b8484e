import type { Bytes, Instant, Outcome } from '../../terms/index.ts'
import type { Certificate } from '../certificate.ts'

/** An authority at rest: PEM texts, the keys as encrypted PKCS#8. */
export interface AuthorityFiles {
  readonly rootCertificate: string
  /** Needed for nothing but a new issuing CA; it may be kept elsewhere, and is an empty text then. */
  readonly rootKey: string
  readonly issuingCertificate: string
  readonly issuingKey: string
  /**
   * Where the CRL of the issuing CA will be found, as its certificates say; empty for an authority whose certificates say
   * nothing. It is no secret, and never changes: certificates in the field name it.
   */
  readonly crlUrl: string
}

/** Why an authority cannot be opened. */
export interface AuthorityProblem {
  readonly code: 'wrong-passphrase' | 'unsupported-encryption' | 'broken' | 'broken-chain' | 'key-does-not-fit'
  readonly text: string
}

/** What kind of certificate is ordered. */
export type IssueProfile = 'server' | 'device' | 'device-forever'

/** An order for a certificate. */
export interface IssueOrder {
  readonly profile: IssueProfile
  /** DER of the PKCS#10 request. */
  readonly request: Bytes
  /** The common name; without it, the request's for a device, the first name for a server. */
  readonly subject?: string
  /** DNS names and IP addresses of a server, which are its subject alternative names. */
  readonly names?: readonly string[]
  readonly now: Instant
  /** How long it is in use. */
  readonly days?: number
  /** How long it may lie on a shelf before that; its time runs there too. */
  readonly shelfDays?: number
  /** Octets of the serial number, the most significant first: positive, at most 20, never used before. */
  readonly serial: Bytes
}

/** An order for a certificate like one that there is already, for the same key: no request is needed, for it was seen then. */
export type RenewOrder = Omit<IssueOrder, 'request'> & {
  /** What is renewed. */
  readonly certificate: Certificate
}

/** A certificate that was issued. `chain` is it and the issuing CA behind it, as a board or a broker is given it. */
export interface Issued {
  readonly pem: string
  readonly chain: string
  readonly certificate: Certificate
}

/** Why an order is refused. */
export interface IssueProblem {
  readonly code:
    | 'no-request'
    | 'not-ours'
    | 'bad-signature'
    | 'bad-key'
    | 'bad-subject'
    | 'bad-name'
    | 'no-names'
    | 'names-not-used'
    | 'bad-days'
    | 'authority-expired'
    | 'clock-slow'
  readonly text: string
}

/** Why a certificate was revoked (RFC 5280, 5.3.1). Without a reason nothing is written, as the standard asks. */
export const revocationReasons = {
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const

/** The name of a reason. */
export type RevocationReason = keyof typeof revocationReasons

/** Reasons for a certificate of a board or a broker; the others of RFC 5280, 5.3.1 are for CAs, or can be taken back. */
export const leafReasons: readonly RevocationReason[] = [
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
]

/** One certificate that is valid no more. */
export interface Revoked {
  /** Octets of its serial number. */
  readonly serial: Bytes
  readonly at: Instant
  readonly reason?: RevocationReason
}

/** An order for a list of the certificates that are valid no more. */
export interface CrlOrder {
  /** Counts up with each list (RFC 5280, 5.2.3). */
  readonly number: number
  readonly now: Instant
  readonly days?: number
  readonly revoked: readonly Revoked[]
}

/** An authority whose issuing key is open. */
export interface Authority {
  readonly rootPem: string
  readonly issuingPem: string
  readonly issuing: Certificate
  /** See {@link AuthorityFiles.crlUrl}. */
  readonly crlUrl: string
  issue(order: IssueOrder): Promise<Outcome<Issued, IssueProblem>>
  renew(order: RenewOrder): Promise<Outcome<Issued, IssueProblem>>
  /** A CRL as PEM, signed by the issuing CA. */
  revocationList(order: CrlOrder): Promise<string>
}
