import type { X509Certificate } from 'node:crypto'
import { type Crl, readCertificate, serialKey } from '../../pki/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { BrokerFiles } from './broker-files.ts'
import type { Finding } from './decide.ts'
import { isTooLong, pathTo } from './path.ts'
import type { RefusalReason } from './reason.ts'

/** A client's certificates as they were shown, leaf first, and what is known of the broker that judged them. */
export interface ClientCase {
  readonly shown: readonly X509Certificate[]
  readonly files: BrokerFiles
  readonly now: Instant
  /** Whether the signature in CertificateVerify is by the key of the leaf; undefined where it was not seen. */
  readonly signed?: boolean
}

const clientAuth = '1.3.6.1.5.5.7.3.2'

/** Whether a reason for refusing a client is so. OpenSSL's own rules, as far as they need no more than this. */
export function clientFinding(reason: RefusalReason, client: ClientCase): Finding {
  const [leaf] = client.shown
  if (leaf === undefined) return reason === 'client-unreadable' ? 'so' : 'unknown'
  try {
    return findings[reason]?.(client, leaf) ?? 'unknown'
  } catch {
    // A certificate may be broken where only a second look shows it: its key, for one.
    return 'unknown'
  }
}

type Test = (client: ClientCase, leaf: X509Certificate) => Finding

const findings: Partial<Record<RefusalReason, Test>> = {
  'client-expired': ({ shown, now }) => is(shown.some((one) => one.validToDate.getTime() < now)),
  'client-not-yet-valid': ({ shown, now }) => is(shown.some((one) => one.validFromDate.getTime() > now)),
  'client-wrong-use': (_, { keyUsage }) => is(keyUsage !== undefined && !keyUsage.includes(clientAuth)),
  'client-weak-key': (_, { publicKey }) => is(isWeak(publicKey.asymmetricKeyDetails)),
  'client-key-mismatch': ({ signed }) => (signed === undefined ? 'unknown' : is(!signed)),
  'client-unreadable': () => 'not-so',
  'client-unknown-ca': ({ shown, files }) =>
    files.roots === 'unknown' ? 'unknown' : is(!pathTo(shown, files.roots).rooted),
  'client-chain-too-long': ({ shown, files }) => {
    if (files.roots !== 'unknown') return is(isTooLong(pathTo(shown, files.roots)))
    return isTooLong(pathTo(shown, [])) ? 'so' : 'unknown'
  },
  'ca-expired': ({ shown, files, now }) => {
    if (files.roots === 'unknown') return 'unknown'
    const { certificates } = pathTo(shown, files.roots)
    return is(certificates.some((one) => !shown.includes(one) && one.validToDate.getTime() < now))
  },
  'crl-stale': (client, leaf) =>
    ofList(client, leaf, (list) => list !== 'none' && (list.nextUpdate ?? Infinity) < client.now),
  'crl-unusable': (client, leaf) => ofList(client, leaf, (list) => list === 'none' || list.thisUpdate > client.now),
  'client-revoked': (client, leaf) =>
    ofList(client, leaf, (list) => list !== 'none' && list.entries.has(serialKey(leaf.serialNumber))),
}

function is(so: boolean): Finding {
  return so ? 'so' : 'not-so'
}

/** Whether this holds for every list of the leaf's issuer; `none` where the broker has lists, and none of them is. */
function ofList({ files }: ClientCase, leaf: X509Certificate, holds: (list: Crl | 'none') => boolean): Finding {
  if (files.revocations === 'unknown') return 'unknown'
  if (files.revocations === 'none') return 'not-so'
  const { issuer } = readCertificate(Uint8Array.from(leaf.raw))
  const lists = files.revocations.filter((list) => list.issuer === issuer)
  return is(lists.length === 0 ? holds('none') : lists.every(holds))
}

/** OpenSSL's security level 2, which Debian and newer OpenSSLs have: 112 bits. */
function isWeak(details: { modulusLength?: number | undefined; namedCurve?: string | undefined } | undefined): boolean {
  if (details?.modulusLength !== undefined) return details.modulusLength < 2048
  return details?.namedCurve !== undefined && /^(?:secp1|prime192|sect1)/.test(details.namedCurve)
}
