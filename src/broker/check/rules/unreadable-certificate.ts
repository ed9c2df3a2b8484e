import type { BrokerRule } from '../finding.ts'

/** Something in the chain that is no certificate. */
export const unreadableCertificate: BrokerRule = {
  class: 'unreadable-certificate',
  judge({ chain, greeted }) {
    if (chain !== 'unreadable' && !(chain === undefined && greeted.end === 'done')) return undefined
    return {
      weight: 'refuses',
      what: 'a certificate that the server sent cannot be read, or it sent none',
      why: 'a modem gives up where it cannot read a certificate, and reports it as a credential failure',
      facts: ['TLS-15'],
      fix: 'look at the file of the listener: `openssl x509 -noout -text -in server.crt`',
    }
  },
}
