import {
  type Instant,
  isoTime,
  type Outcome,
  ok,
  type Random,
  refused,
  SectagError,
  type Secret,
} from '../../terms/index.ts'
import type { CertificateDetails } from '../certificate-details.ts'
import { encryptKey } from '../encrypted-key.ts'
import { keyFits } from '../fits.ts'
import { issuedBy } from '../issued-by.ts'
import { armour } from '../pem.ts'
import type { PrivateKey } from '../private-key.ts'
import { publicKeyKind } from '../public-key.ts'
import type { AuthorityFiles } from './authority.ts'
import { issuingUnder } from './issuing-under.ts'

/** A CA that was made elsewhere: its certificate, and its key where it is at hand. */
export interface ForeignCa {
  readonly details: CertificateDetails
  readonly key?: PrivateKey
}

/** An order to take an existing CA into an authority of ours. */
export interface AdoptOrder {
  readonly root: ForeignCa
  /** Absent: a new issuing CA is made under the root, whose key is needed for it. It may be the root itself. */
  readonly issuing?: ForeignCa
  /** The common name of a new issuing CA. */
  readonly name: string
  /** What the keys are encrypted with from now on. */
  readonly passphrase: Secret
  readonly now: Instant
  readonly random: Random
  /**
   * Where the CRL of the issuing CA is found. Without it, a new one gets an address of its own, and one that has issued
   * elsewhere none: its CRL must hold for certificates that say nothing of an address (RFC 5280, 6.3.3 (b) (2)).
   */
  readonly crlUrl?: string
}

/** Why a CA is not taken. */
export interface AdoptProblem {
  readonly code:
    | 'not-a-ca'
    | 'may-not-sign'
    | 'expired'
    | 'not-yet-valid'
    | 'key-kind'
    | 'broken-hash'
    | 'no-key'
    | 'key-does-not-fit'
    | 'not-a-root'
    | 'broken-chain'
    | 'path-length'
  readonly text: string
}

/** Takes an existing CA: every check that a verifier would make of it is made here first. */
export async function adoptAuthority(order: AdoptOrder): Promise<Outcome<AuthorityFiles, AdoptProblem>> {
  const { root, issuing } = order
  const faults = [
    ...(await caFaults(root, 'root', order.now)),
    ...rootFaults(root.details),
    ...(issuing === undefined
      ? []
      : [...(await caFaults(issuing, 'issuing', order.now)), ...(await chainFaults(root, issuing))]),
    ...keyFaults(order),
  ]
  const [fault] = faults
  return fault === undefined ? ok(await filesOf(order)) : refused(fault)
}

type Role = 'root' | 'issuing'

const anyPurpose = '2.5.29.37.0'

async function caFaults({ details, key }: ForeignCa, role: Role, now: Instant): Promise<AdoptProblem[]> {
  const { certificate, keyUsage, purposes, signature } = details
  const { subject, notBefore, notAfter, ca } = certificate
  const anchor = certificate.issuer === subject
  const faults: (readonly [boolean, AdoptProblem['code'], string])[] = [
    // RFC 5280, 4.2.1.9
    [!ca, 'not-a-ca', 'its basic constraints do not say that it is a CA'],
    // RFC 5280, 4.2.1.3: without a key usage it may do everything. A root need not sign CRLs of its own.
    [keyUsage?.includes('keyCertSign') === false, 'may-not-sign', 'its key usage does not let it sign certificates'],
    [
      role === 'issuing' && keyUsage?.includes('cRLSign') === false,
      'may-not-sign',
      'its key usage does not let it sign CRLs, so nobody could be revoked',
    ],
    // RFC 5280, 4.2.1.12: what a CA is not for, verifiers refuse below it.
    [
      role === 'issuing' && purposes?.some((purpose) => purpose === 'clientAuth' || purpose === anyPurpose) === false,
      'may-not-sign',
      'its extended key usage leaves out clients, so no broker would take a board',
    ],
    // RFC 5280, 4.1.2.5
    [notAfter <= now, 'expired', `it expired ${isoTime(notAfter)}`],
    [notBefore > now, 'not-yet-valid', `it is not valid before ${isoTime(notBefore)}`],
    [!isStrong(details), 'key-kind', `its key is ${certificate.key}; P-256, P-384 and RSA from 2048 bits on are taken`],
    // RFC 9155; the signature of a trust anchor on itself is checked by nobody.
    [signature.broken && !anchor, 'broken-hash', `it is signed by ${signature.name}, which brokers refuse`],
    [key !== undefined && !(await keyFits(key, certificate)), 'key-does-not-fit', 'its key is another one'],
  ]
  return faults.flatMap(([wrong, code, why]) => (wrong ? [{ code, text: `${subject}: ${why}` }] : []))
}

/** RFC 5480, 2.1.1.1 and RFC 8017, 3.1. */
function isStrong({ certificate }: CertificateDetails): boolean {
  const kind = publicKeyKind(certificate.spki)
  return kind.kind === 'EC' || (kind.kind === 'RSA' && kind.bits >= 2048)
}

/** Boards and brokers trust it by itself, so nothing may stand above it. */
function rootFaults({ certificate: { subject, issuer } }: CertificateDetails): AdoptProblem[] {
  if (subject === issuer) return []
  return [{ code: 'not-a-root', text: `${subject} is no root: ${issuer} issued it` }]
}

/** RFC 5280, 6.1.3 (a) and 6.1.4 (m). */
async function chainFaults(root: ForeignCa, issuing: ForeignCa): Promise<AdoptProblem[]> {
  const [above, below] = [root.details.certificate, issuing.details.certificate]
  if (above.fingerprint === below.fingerprint) return []
  if (!(await issuedBy(below, above)))
    return [{ code: 'broken-chain', text: `${above.subject} did not issue ${below.subject}` }]
  return pathFaults(root)
}

function pathFaults({ details }: ForeignCa): AdoptProblem[] {
  if (details.pathLength !== 0) return []
  return [{ code: 'path-length', text: `${details.certificate.subject} allows no CA below it (path length 0)` }]
}

function keyFaults({ root, issuing }: AdoptOrder): AdoptProblem[] {
  const signs = issuing ?? root
  if (signs.key === undefined)
    return [{ code: 'no-key', text: `the key of ${signs.details.certificate.subject} is needed` }]
  return issuing === undefined ? pathFaults(root) : []
}

async function filesOf(order: AdoptOrder): Promise<AuthorityFiles> {
  const { root, passphrase, random } = order
  const issuing = await issuingOf(order)
  const pem = ({ der }: CertificateDetails['certificate']): string => armour({ label: 'CERTIFICATE', der })
  return {
    rootCertificate: pem(root.details.certificate),
    rootKey: root.key === undefined ? '' : await encryptKey(root.key, passphrase, random),
    issuingCertificate: pem(issuing.certificate),
    issuingKey: await encryptKey(issuing.key, passphrase, random),
    crlUrl: order.crlUrl ?? issuing.crlUrl,
  }
}

async function issuingOf({ root, issuing, ...order }: AdoptOrder): ReturnType<typeof issuingUnder> {
  if (issuing?.key !== undefined) return { certificate: issuing.details.certificate, key: issuing.key, crlUrl: '' }
  if (root.key === undefined) throw new SectagError('internal', 'a key was checked to be there')
  return issuingUnder({ ...order, profile: 'issuing', root: root.details.certificate, rootKey: root.key })
}
