/** How one modem's TLS behaves. What no source decides is a switch here. */
export interface TlsProfile {
  /** Numbers of the cipher suites that are offered, best first (TLS-16; which firmware has which is OPEN-12). */
  readonly suites: readonly number[]
  /** Curves for the key exchange and in certificates (TLS-18). */
  readonly curves: readonly ('P-256' | 'P-384')[]
  /** Whether the extended master secret is offered (RFC 7627); no source says. */
  readonly extendedMasterSecret: boolean
  /** Whether the server's certificate must bear the name that was asked for: off unless the application sets it (TLS-12). */
  readonly checksHostName: boolean
  /** Whether the server must be trusted (TLS-13: peer verification `required`). A root CA must be there all the same (TLS-11). */
  readonly verifiesServer: boolean
  /** Whether a key that does not fit its certificate is noticed before it signs. TLS-29 (OPEN) */
  readonly noticesForeignKey: boolean
  /** The most plaintext that one record of application data may carry, bytes (TLS-05). */
  readonly longestRecord: number
  /** The most that the certificates of a server's chain may have together, bytes (TLS-10). */
  readonly longestChain: number
}

const cbcSuites = [0xc024, 0xc00a, 0xc023, 0xc009, 0xc014, 0xc027, 0xc013]

/** A modem without GCM: the documented list of old firmware. */
export const cbcProfile: TlsProfile = {
  suites: cbcSuites,
  curves: ['P-256', 'P-384'],
  extendedMasterSecret: true,
  checksHostName: false,
  verifiesServer: true,
  noticesForeignKey: true,
  longestRecord: 2048,
  longestChain: 4096,
}

/** A modem with GCM, as on newer firmware (TLS-16). */
export const gcmProfile: TlsProfile = { ...cbcProfile, suites: [0xc02b, 0xc030, 0xc02f, ...cbcSuites] }

/** Which firmware has GCM was not read (TLS-17, OPEN-12); the nRF9160 before 1.3 is taken for one that has not. */
export function profileOf(firmware: string): TlsProfile {
  return /^mfw_nrf9160_(?:0|1\.[0-2])\./.test(firmware) ? cbcProfile : gcmProfile
}
