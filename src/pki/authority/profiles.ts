import type { Instant } from '../../terms/index.ts'

/** Bits of keyUsage by their names (RFC 5280, 4.2.1.3). */
export const keyUsage = { digitalSignature: 1, keyEncipherment: 4, keyCertSign: 32, crlSign: 64 } as const

/** What certificates of one kind are like. */
export interface CertificateProfile {
  /** How long it is in use, unless something else is ordered. */
  readonly days: number
  /** How long it may lie on a shelf before that: its time runs there too, because nothing in it tells when it was first used. */
  readonly shelfDays?: number
  /** It has no end (RFC 5280, 4.1.2.5): for what nobody will ever reach again. */
  readonly endless?: boolean
  /** Whether it signs others, and how many authorities may stand below it. */
  readonly authority?: { readonly pathLength?: number }
  readonly keyUsage: number
  /** OID of its one extended key usage (RFC 5280, 4.2.1.12). */
  readonly purpose?: string
}

const year = 365

/** Every default of the authority. A CRL has days of its own: brokers refuse everybody once it has run out. */
export const profiles = {
  root: { days: 20 * year, authority: {}, keyUsage: keyUsage.keyCertSign | keyUsage.crlSign },
  issuing: { days: 10 * year, authority: { pathLength: 0 }, keyUsage: keyUsage.keyCertSign | keyUsage.crlSign },
  line: {
    days: 10 * year,
    authority: { pathLength: 0 },
    keyUsage: keyUsage.keyCertSign | keyUsage.crlSign,
    purpose: '1.3.6.1.5.5.7.3.2',
  },
  server: { days: year, keyUsage: keyUsage.digitalSignature, purpose: '1.3.6.1.5.5.7.3.1' },
  device: { days: 9 * year, shelfDays: year, keyUsage: keyUsage.digitalSignature, purpose: '1.3.6.1.5.5.7.3.2' },
  'device-forever': { days: 0, endless: true, keyUsage: keyUsage.digitalSignature, purpose: '1.3.6.1.5.5.7.3.2' },
} as const satisfies Record<string, CertificateProfile>

/** Days until a CRL wants to be replaced. */
export const crlDays = 30

/** Milliseconds that a certificate is valid before it was made: clocks differ, and a modem's may be unset. */
export const headStart = 86_400_000

/** 9999-12-31T23:59:59Z, which says that there is no end (RFC 5280, 4.1.2.5). */
export const endless: Instant = Date.UTC(9999, 11, 31, 23, 59, 59)
