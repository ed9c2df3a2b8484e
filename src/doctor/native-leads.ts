import type { TlsLibraryMeans } from '../numbers/index.ts'
import type { Cause } from './cause.ts'
import type { Facts } from './gather.ts'
import type { Point } from './rule.ts'
import { nativeMeans } from './rules/numbers.ts'

/** What a number of mbedTLS makes likely where it names no cause by itself (ERR-115); general knowledge of the handshake, not counted. */
const leads: Partial<Record<TlsLibraryMeans, Partial<Record<Cause, number>>>> = {
  'no-ca': { 'cred-set-incomplete': 3, 'cred-wrong-ca': 2, 'app-config': 2.5, 'cred-slot-empty': 1 },
  unreadable: { 'pem-format': 4, 'cred-content-malformed': 3.5, 'pem-line-endings': 3.5, 'app-config': 1.5 },
  key: { 'key-format-unsupported': 4, 'cred-content-malformed': 2, 'pem-format': 2 },
  'own-set': { 'cred-set-incomplete': 4, 'client-cert-missing': 3, 'app-config': 2 },
  alert: {
    'tls-version-mismatch': 2,
    'client-cert-missing': 1.5,
    'client-cert-inactive': 1.5,
    'client-cert-not-registered': 1.5,
    'broker-does-not-trust-client-chain': 1.5,
    'key-cert-mismatch': 1,
  },
  closed: {
    'broker-policy-denies': 1.5,
    'client-cert-inactive': 1.5,
    'client-cert-not-registered': 1.5,
    'plain-on-tls-port': 1,
    'net-blocked': 0.5,
  },
  verify: { 'server-ca-rotated': 1, 'clock-not-set': 1.5, 'hostname-mismatch': 1.5, 'app-memory-or-buffer': 0.5 },
}

/** Points for a cause by what the numbers of mbedTLS are about. */
export function ofNative(cause: Cause, facts: Facts): Point[] {
  return (Object.keys(leads) as TlsLibraryMeans[]).flatMap((means) => {
    const weight = leads[means]?.[cause]
    return weight === undefined ? [] : nativeMeans(facts, means, weight)
  })
}

/** The causes that a number of mbedTLS may make likely. */
export const ledByNative: readonly Cause[] = Object.values(leads).flatMap((causes) => Object.keys(causes) as Cause[])
