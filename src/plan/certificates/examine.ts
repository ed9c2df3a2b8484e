import { type CertificateDetails, certificateDetails, parsePem } from '../../pki/index.ts'
import { byteText, type Bytes, type Instant } from '../../terms/index.ts'
import { certificateFindings } from './certificate-rules.ts'
import { chainFindings } from './chain-rules.ts'
import { type CertificateRole, error, type Examined, type Finding } from './finding.ts'
import { leafFindings } from './leaf-rules.ts'
import { textFindings } from './text-rules.ts'

/** The certificates of a file, and how many of its blocks claim to be some and are none. */
export interface CertificatesOf {
  readonly chain: readonly CertificateDetails[]
  /** Line of the BEGIN of each block that cannot be read; 1 for DER. */
  readonly unreadable: readonly number[]
}

/** The certificates of a file, PEM or DER, in its order. Whatever else is in it is passed over. */
export function certificatesOf(content: Bytes): CertificatesOf {
  const blocks =
    content[0] === 0x30
      ? [{ label: 'CERTIFICATE', der: content, line: 1 }]
      : parsePem(byteText(content)).blocks.filter(({ label }) => label === 'CERTIFICATE')
  const chain: CertificateDetails[] = []
  const unreadable: number[] = []
  for (const { der, line } of blocks)
    try {
      chain.push(certificateDetails(der))
    } catch {
      unreadable.push(line)
    }
  return { chain, unreadable }
}

/** What a file is for, judged by its first certificate. */
export function likelyRole([leaf]: readonly CertificateDetails[]): CertificateRole {
  if (leaf?.certificate.ca === true) return 'root'
  if (leaf?.purposes?.includes('serverAuth') === true) return 'server'
  const named = leaf?.purposes === undefined && (leaf?.names.length ?? 0) > 0
  return named ? 'server' : 'device'
}

/** Everything that a modem, or the broker that it meets, would mind in a certificate file; the worst first. */
export async function examineCertificates(
  content: Bytes,
  { origin, now, role }: { origin: string; now: Instant; role?: CertificateRole },
): Promise<{ readonly role: CertificateRole; readonly findings: readonly Finding[] }> {
  const { chain, unreadable } = certificatesOf(content)
  const text = byteText(content)
  const examined: Examined = { text, origin, now, chain, role: role ?? likelyRole(chain) }
  const [leaf] = chain
  const findings = [
    ...textFindings(text, origin),
    ...unreadable.map((line) => notRead(`${origin}:${line}`)),
    ...chain.flatMap((details, index) => certificateFindings(details, examined, index)),
    ...(leaf === undefined ? [] : leafFindings(leaf, examined)),
    ...(await chainFindings(examined)),
  ]
  return { role: examined.role, findings: findings.toSorted((a, b) => weight[b.severity] - weight[a.severity]) }
}

const weight = { error: 2, warning: 1, note: 0 } as const

function notRead(where: string): Finding {
  const next = 'openssl x509 -in FILE -noout -text'
  return error('not-a-certificate', where, 'this block is no X.509 certificate that can be read', 'PEM-07', next)
}
