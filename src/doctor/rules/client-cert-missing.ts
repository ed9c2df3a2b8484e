import type { Facts } from '../gather.ts'
import type { Matter } from '../prose/matters.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** The broker asks for a client certificate and gets none. Why the device shows none, only its listing tells. */
export const clientCertMissing: Rule = {
  id: 'client-cert-missing',
  judge(facts) {
    const said = facts
      .of('distrust')
      .filter(({ value }) => value.why === 'missing')
      .map((fact) => point(strength.proof, 'the broker asks for a client certificate and gets none', fact))
    const alerts = facts
      .of('alert')
      .filter(({ value }) => value.by !== 'device')
      .map((fact) =>
        point(strength.sign, 'the broker ended the handshake: a client certificate may be what it wants', fact),
      )
    return judgement(
      [...said, ...alerts, ...wantedInVain(facts), ...seen(facts, { 'no-client-certificate': strength.strong })],
      ['listing', 'tag-in-use'],
    )
  },
}

/** A certificate of the client is wanted, and somewhere about TLS it fails. */
function wantedInVain(facts: Facts): Point[] {
  const matters = facts.of('matter')
  const fails = matters.some(({ value }) => value.is === 'failing' && atTls.has(value.matter))
  return matters
    .filter(({ value }) => value.matter === 'mutual-tls' && fails)
    .map((fact) => point(strength.sign, 'the broker wants a client certificate, and it fails there', fact))
}

const atTls: ReadonlySet<Matter> = new Set(['tls', 'session', 'server'])
