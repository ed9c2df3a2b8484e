import type { BrokerRule } from '../finding.ts'

/** A client certificate that the server does not take. */
export const clientCertificateRefused: BrokerRule = {
  class: 'client-certificate-refused',
  judge({ entry, clientShown }) {
    if (!clientShown || entry === undefined || entry.ok) return undefined
    const { stage, reason, receivedAlert } = entry.refusal
    if (stage !== 'client-certificate' || ourOwn.has(reason)) return undefined
    return {
      weight: 'refuses',
      what: `the server ${receivedAlert === undefined ? 'ended' : 'refused'} the handshake behind the client certificate: ${wordsOf(reason, receivedAlert)}`,
      why: 'a board with these files is refused the same way, and its application sees a credential failure',
      facts: ['TLS-15', 'TLS-27', 'TLS-29'],
      fix: fixes[receivedAlert ?? 0] ?? lookAtIt,
      ...(receivedAlert !== undefined && { figures: { alert: receivedAlert } }),
    }
  },
}

/** Our own end gave up: the server has refused nothing. */
const ourOwn: ReadonlySet<string> = new Set(['key-missing', 'key-mismatch'])

const lookAtIt =
  "look at the certificate and the broker's cafile: `openssl verify -CAfile cafile.pem -purpose sslclient board.crt`"

const fixes: Readonly<Record<number, string>> = {
  44: 'a certificate for a new key: who was revoked is not renewed',
  45: "look at its dates, and at those of the broker's crlfile: `openssl crl -in boards.crl -noout -nextupdate`",
}

/** What each can mean (BRK-02 to BRK-07). */
const alerts: Readonly<Record<number, string>> = {
  40: 'no reason given (alert 40)',
  42: 'it cannot be read or used, or is not valid yet (alert 42)',
  43: 'it is of a kind that is not taken (alert 43)',
  44: 'it was revoked (alert 44)',
  45: "it has expired, or a CA above it, or the server's revocation list (alert 45)",
  46: 'it is not believed (alert 46)',
  48: 'its CA is unknown there, or has no revocation list there (alert 48)',
  51: 'the key does not fit it, or another CA of the same name has signed it (alert 51)',
}

function wordsOf(reason: string, alert: number | undefined): string {
  return alert === undefined ? reason : (alerts[alert] ?? `alert ${alert}`)
}
