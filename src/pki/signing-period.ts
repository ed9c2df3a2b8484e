import { type Bytes, type Instant, utf8 } from '../terms/index.ts'
import { der, derChildren, derTag, readWhole } from './der.ts'
import { readTime } from './der-values.ts'
import { type DerExtension, readExtensions } from './extension.ts'
import { oids } from './oids.ts'
import { readSigned } from './signed.ts'

/** Context tags: the end of the period, and the extensions of a certificate (RFC 5280, 4.1). */
const [notAfter, extensions] = [0x81, 0xa3]

/**
 * Until when the key of a CA is to sign (X.509, 9.2.2.5: private key usage period). Its certificate lives on, because what
 * it signed would die with it. Verifiers pass it over; whoever issues holds to it.
 */
export function signingPeriod(until: Instant): DerExtension {
  const digits = new Date(until).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  const value = der(derTag.sequence, der(notAfter, utf8(digits)))
  return { oid: oids.privateKeyUsagePeriod, critical: false, value }
}

/** Until when a certificate says that its key is to sign; undefined where it does not say. Throws a SectagError `der`. */
export function signsUntil(certificate: Bytes): Instant | undefined {
  const parts = derChildren(readWhole(readSigned(certificate).body, derTag.sequence).value)
  const inside = parts.find(({ tag }) => tag === extensions)
  const all = inside === undefined ? [] : readExtensions(readWhole(inside.value, derTag.sequence))
  const period = all.find(({ oid }) => oid === oids.privateKeyUsagePeriod)
  if (period === undefined) return undefined
  const end = derChildren(readWhole(period.value, derTag.sequence).value).find(({ tag }) => tag === notAfter)
  return end === undefined ? undefined : readTime({ ...end, tag: derTag.generalizedTime })
}
