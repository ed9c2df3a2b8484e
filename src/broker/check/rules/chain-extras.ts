import { nameOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** Certificates that prove nothing to a modem. */
export const chainExtras: BrokerRule = {
  class: 'chain-extras',
  judge(survey) {
    const idle = chainOf(survey)?.sent.filter(({ role }) => role === 'extra' || role === 'root') ?? []
    if (idle.length === 0) return undefined
    const bytes = idle.reduce((sum, { x509 }) => sum + x509.raw.length, 0)
    const names = idle.map(({ x509, role }) => `${nameOf(x509)} (${role === 'root' ? 'a root' : 'not on the path'})`)
    return {
      weight: 'note',
      what: `${idle.length} certificate(s) with ${bytes} bytes are sent for nothing: ${names.join(' and ')}`,
      why: 'a modem holds its root already and believes no other; what is sent counts towards the 4,096 bytes of a chain',
      facts: ['TLS-10', 'PEM-34'],
      fix: 'take them out of the file. Mosquitto adds from its cafile where certfile holds one certificate only: write the issuing CA behind it',
      figures: { certificates: idle.length, bytes },
    }
  },
}
