import type { BrokerRule } from '../finding.ts'

/** A client certificate that the server does not take. */
export const clientCertificateRefused: BrokerRule = {
  class: 'client-certificate-refused',
  judge({ entry, clientShown }) {
    if (!clientShown || entry === undefined || entry.ok) return undefined
    const { stage, reason, receivedAlert } = entry.refusal
    if (stage !== 'client-certificate' && stage !== 'local') return undefined
    return {
      weight: 'refuses',
      what: `the server ${receivedAlert === undefined ? 'ended' : 'refused'} the handshake behind the client certificate: ${wordsOf(reason, receivedAlert)}`,
      why: 'a board with these files is refused the same way, and its application sees a credential failure',
      facts: ['TLS-15', 'TLS-27', 'TLS-29'],
      fix: "look at the certificate and the broker's cafile: `openssl verify -CAfile cafile.pem -purpose sslclient board.crt`",
      ...(receivedAlert !== undefined && { figures: { alert: receivedAlert } }),
    }
  },
}

const alerts: Readonly<Record<number, string>> = {
  40: 'no reason given (alert 40)',
  42: 'it cannot be read or used (alert 42)',
  43: 'it is of a kind that is not taken (alert 43)',
  44: 'it was revoked (alert 44)',
  45: 'it has expired (alert 45)',
  46: 'it is not believed (alert 46)',
  48: 'its CA is unknown there (alert 48)',
  51: 'the key does not fit it (alert 51)',
}

function wordsOf(reason: string, alert: number | undefined): string {
  if (alert !== undefined) return alerts[alert] ?? `alert ${alert}`
  return reason === 'key-mismatch' ? 'the key does not fit the certificate' : reason
}
