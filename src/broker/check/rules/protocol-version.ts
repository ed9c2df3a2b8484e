import { extension } from '../../../tls/index.ts'
import type { BrokerRule } from '../finding.ts'

/** No version of TLS in common. */
export const protocolVersion: BrokerRule = {
  class: 'protocol-version',
  judge({ greeted, wider }) {
    const old = [greeted, wider?.any]
      .map((asked) => asked?.flight.hello?.version)
      .find((version) => version !== undefined)
    if (old !== undefined && old < 0x0303) return { what: 'it speaks only versions before TLS 1.2', ...rest }
    const newest = wider?.versions.flight.hello?.extensions.includes(extension.versions) === true
    if (!newest || wider.any.flight.hello !== undefined) return undefined
    return { what: 'it speaks TLS 1.3 only', ...rest }
  },
}

const rest = {
  weight: 'refuses',
  why: 'modems speak TLS 1.2 and nothing else: the constant for 1.3 was taken out of the library unused',
  facts: ['TLS-01', 'TLS-04'],
  fix: 'let the listener speak TLS 1.2: in Mosquitto `tls_version tlsv1.2`, which is the lowest version there',
} as const
