import { cipherSuite } from '../../../tls/index.ts'
import { hasForeignKey } from '../keys.ts'
import { profileFor } from '../offers.ts'
import type { BrokerRule } from '../finding.ts'

/** No cipher suite in common. */
export const noCommonSuite: BrokerRule = {
  class: 'no-common-suite',
  judge(survey) {
    const { wider, firmware } = survey
    const answered = wider?.any.flight.hello
    if (answered === undefined || answered.version !== 0x0303 || wider?.suites.flight.hello !== undefined)
      return undefined
    // A key that no modem can use is the reason then, and not the list of suites.
    if (hasForeignKey(survey)) return undefined
    const who = firmware === undefined ? 'a modem' : firmware
    return {
      weight: 'refuses',
      what: `the server and ${who} have no cipher suite in common`,
      why: `modems offer ECDHE with AES-CBC, newer ones also AES-GCM; the server takes none of them (it would choose number ${answered.suite.toString(16).padStart(4, '0').toUpperCase()})`,
      facts: ['TLS-16', 'TLS-17'],
      fix: `let the listener take one of them: in Mosquitto \`ciphers ${profileSuites(firmware)}\`, or no \`ciphers\` line at all`,
    }
  },
}

function profileSuites(firmware: string | undefined): string {
  const names = profileFor(firmware).suites.flatMap((id) => cipherSuite(id)?.name ?? [])
  return [names.find((name) => name.includes('ECDSA')), names.find((name) => name.includes('RSA-'))].join(':')
}
