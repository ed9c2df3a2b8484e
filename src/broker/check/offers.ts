import { gcmProfile, type HelloOffer, modemOffer, profileOf, type TlsProfile } from '../../tls/index.ts'

/** The TLS of the modems that are to enter: that of one firmware, or all that any of them has. */
export function profileFor(firmware: string | undefined): TlsProfile {
  return firmware === undefined ? gcmProfile : profileOf(firmware)
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Every suite of TLS 1.2 and before with a certificate, those of TLS 1.3, and what few have; no server chooses one that it lacks. */
const everySuite = [
  ...upTo(0xc001, 0xc032),
  ...upTo(0xc072, 0xc079),
  ...upTo(0xc0ac, 0xc0af),
  ...upTo(0xcca8, 0xccaa),
  ...upTo(0x009c, 0x00a7),
  ...upTo(0x002f, 0x006d),
  ...upTo(0x0004, 0x000a),
  ...upTo(0x1301, 0x1305),
]
const everyGroup = [29, 23, 24, 25, 30, ...upTo(1, 22), 26, 27, 28]
/** RFC 8446 §4.2.3, and what came before it. */
const newSignatures = [0x0403, 0x0503, 0x0603, 0x0807, 0x0808, ...upTo(0x0804, 0x0806), ...upTo(0x0809, 0x080b)]
const brainpoolSignatures = upTo(0x081a, 0x081c)
/** RSA with PKCS #1, and everything down to SHA-1 and MD5 (RFC 5246 §7.4.1.4.1). */
const oldSignatures = [0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0101]
const everySignature = [...newSignatures, ...brainpoolSignatures, ...oldSignatures]

/** A hello with what any client could have, to find out what a server that refuses a modem would take. */
export function anyOffer(name: string | undefined): HelloOffer {
  const lists = { suites: everySuite, groups: everyGroup, signatures: everySignature }
  return { ...lists, extendedMasterSecret: true, ...(name !== undefined && { name }) }
}

/** The suites of a modem, with any curve and any signature. */
export function suitesOnly(profile: TlsProfile, name: string | undefined): HelloOffer {
  return { ...anyOffer(name), suites: modemOffer(profile).suites }
}

/** Any version at all, the newest first. */
export function anyVersion(name: string | undefined): HelloOffer {
  return { ...anyOffer(name), versions: [0x0304, 0x0303, 0x0302, 0x0301] }
}
