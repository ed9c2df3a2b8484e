import { type Certificate, renewAt } from '../../pki/index.ts'
import type { Instant } from '../../terms/index.ts'

/** When a certificate is to be renewed: so many milliseconds before its end, or when this share of its life is over. */
type RenewalRule = { readonly before: number } | { readonly share: number }

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads `66%`, `30d`, `720h`; undefined for anything else. */
export function readRenewalRule(text: string): RenewalRule | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(%|[smhd])$/.exec(text) ?? []
  const number = Number(digits)
  if (unit === '') return undefined
  if (unit === '%') return number > 0 && number <= 100 ? { share: number / 100 } : undefined
  return { before: number * (units[unit] ?? 0) }
}

/** The moment from which a certificate is to be renewed; without a rule, what our own authority holds to, and then never where there is no end. */
export function renewalDue(certificate: Certificate, rule?: RenewalRule): Instant | undefined {
  const { notBefore, notAfter } = certificate
  if (rule === undefined) return renewAt(certificate)
  return 'before' in rule ? notAfter - rule.before : notBefore + Math.round((notAfter - notBefore) * rule.share)
}
