import type { Certificate } from '../../pki/index.ts'
import type { Instant } from '../../terms/index.ts'

/** When a certificate is to be renewed: so many milliseconds before its end, or when this share of its life is over. */
type RenewalRule = { readonly before: number } | { readonly share: number }

/** Two thirds of its life: what is left is time to reach a device that sleeps. */
export const usualRenewal: RenewalRule = { share: 2 / 3 }

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads `66%`, `30d`, `720h`; undefined for anything else. */
export function readRenewalRule(text: string): RenewalRule | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(%|[smhd])$/.exec(text) ?? []
  const number = Number(digits)
  if (unit === '') return undefined
  if (unit === '%') return number > 0 && number <= 100 ? { share: number / 100 } : undefined
  return { before: number * (units[unit] ?? 0) }
}

/** The moment from which a certificate is to be renewed. */
export function renewalDue({ notBefore, notAfter }: Certificate, rule: RenewalRule): Instant {
  return 'before' in rule ? notAfter - rule.before : notBefore + Math.round((notAfter - notBefore) * rule.share)
}
