import type { BrokerRule } from '../finding.ts'

/** Suites that only newer firmware has. */
export const gcmOnly: BrokerRule = {
  class: 'gcm-only',
  judge({ sharedSuites, firmware }) {
    if (firmware !== undefined || sharedSuites === undefined || sharedSuites.length === 0) return undefined
    if (sharedSuites.some((name) => !name.includes('GCM'))) return undefined
    return {
      weight: 'note',
      what: 'only suites with AES-GCM are shared, which modems have on newer firmware only',
      why: 'documented lists of old firmware have AES-CBC alone; where the line runs was not read (OPEN-12)',
      facts: ['TLS-16', 'TLS-17'],
      fix: 'add ECDHE-ECDSA-AES128-SHA256 or ECDHE-RSA-AES128-SHA256, or say which firmware your boards have with --mfw',
    }
  },
}
