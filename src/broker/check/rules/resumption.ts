import type { BrokerRule } from '../finding.ts'

/** Sessions that are taken up again without a certificate. */
export const resumption: BrokerRule = {
  class: 'resumption',
  judge({ resumes }) {
    if (resumes === undefined || !(resumes.ticket || resumes.session)) return undefined
    return {
      weight: 'note',
      what: `it offers to resume sessions (${resumes.ticket ? 'by tickets' : 'by their id'})`,
      why: 'a resumed handshake uses no key and looks at no revocation, so it proves nothing of a board; modems keep no sessions unless the application says so',
      facts: ['TLS-21', 'TLS-22'],
      fix: 'nothing has to be done: `sectag watch` does not count resumed handshakes. Where a broker can switch tickets off, do',
    }
  },
}
