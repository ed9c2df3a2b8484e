import { cbcProfile, gcmProfile, type TlsProfile } from '../../src/tls/index.ts'

/** The TLS of a firmware line, as a board takes it (TLS-17). */
export function profileOf(mfw: string): TlsProfile {
  return /^1\.[0-2]\./.test(mfw) ? cbcProfile : gcmProfile
}
