import { type Bytes, type Outcome, ok, refused, type Secret } from '../../terms/index.ts'
import { type Certificate, readCertificate } from '../certificate.ts'
import { isCrlUrl } from '../distribution-point.ts'
import { decryptKey } from '../encrypted-key.ts'
import { keyFits } from '../fits.ts'
import { armour, parsePem } from '../pem.ts'
import { readSigned, verifySigned } from '../signed.ts'
import type { Authority, AuthorityFiles, AuthorityProblem, Issued, IssueProblem } from './authority.ts'
import { type CertificateShape, makeCertificate, type Signer, signerOf } from './certificate-maker.ts'
import { checkOrder, checkRenewal } from './check-order.ts'
import { checkResult } from './check-result.ts'
import { revocationList } from './revocation-list.ts'

/** The two certificates of an authority, checked against each other. It needs no passphrase. */
export interface AuthorityCertificates {
  readonly root: Certificate
  readonly issuing: Certificate
}

/** Reads the certificates of an authority, for those who only look. */
export async function readAuthority(
  files: Pick<AuthorityFiles, 'rootCertificate' | 'issuingCertificate'>,
): Promise<Outcome<AuthorityCertificates, AuthorityProblem>> {
  const root = oneCertificate(files.rootCertificate)
  const issuing = oneCertificate(files.issuingCertificate)
  if (root === undefined || issuing === undefined)
    return no('broken', `the certificate of the ${root === undefined ? 'root' : 'issuing'} CA cannot be read`)
  // RFC 5280, 6.1.3 and 6.1.4: names chain, the signature holds, and both may sign.
  const chains = issuing.issuer === root.subject && (await verifySigned(readSigned(issuing.der), root.spki))
  if (!chains || !root.ca || !issuing.ca) return no('broken-chain', 'the issuing CA is not under this root CA')
  return ok({ root, issuing })
}

/** Opens an authority for issuing. A wrong passphrase is a value. The root's key stays closed: it is not needed for this. */
export async function openAuthority(
  files: AuthorityFiles,
  passphrase: Secret,
): Promise<Outcome<Authority, AuthorityProblem>> {
  const read = await readAuthority(files)
  if (!read.ok) return read
  const { issuing } = read.value
  if (files.crlUrl !== '' && !isCrlUrl(files.crlUrl)) return no('broken', 'the address of its CRL is none')
  const key = await decryptKey(files.issuingKey, passphrase)
  if (!key.ok) return no(key.refusal.code, `the key of the issuing CA: ${key.refusal.text}`)
  if (!(await keyFits(key.value, issuing)))
    return no('key-does-not-fit', 'the key of the issuing CA does not fit its certificate')
  return ok(authority(read.value, await signerOf(issuing, key.value), files.crlUrl))
}

function authority({ root, issuing }: AuthorityCertificates, signer: Signer, crlUrl: string): Authority {
  const terms = { issuing, crlUrl }
  return {
    rootPem: certificatePem(root.der),
    issuingPem: certificatePem(issuing.der),
    issuing,
    crlUrl,
    issue: async (order) => sign(await checkOrder(order, terms), issuing, signer),
    renew: async (order) => sign(await checkRenewal(order, terms), issuing, signer),
    revocationList: (order) => revocationList(order, signer, crlUrl),
  }
}

/** Check the order, shape, sign, check the result. */
async function sign(
  shape: Outcome<CertificateShape, IssueProblem>,
  issuing: Certificate,
  signer: Signer,
): Promise<Outcome<Issued, IssueProblem>> {
  if (!shape.ok) return shape
  const der = await makeCertificate(shape.value, signer)
  const certificate = await checkResult(der, shape.value, issuing)
  const pem = certificatePem(der)
  // A root that issues by itself is not sent along: whoever checks has it already.
  const behind = issuing.subject === issuing.issuer ? '' : certificatePem(issuing.der)
  return ok({ pem, chain: pem + behind, certificate })
}

function no(code: AuthorityProblem['code'], text: string): { ok: false; refusal: AuthorityProblem } {
  return refused({ code, text })
}

function certificatePem(der: Bytes): string {
  return armour({ label: 'CERTIFICATE', der })
}

function oneCertificate(pem: string): Certificate | undefined {
  const block = parsePem(pem).blocks.find((candidate) => candidate.label === 'CERTIFICATE')
  try {
    return block === undefined ? undefined : readCertificate(block.der)
  } catch {
    return undefined
  }
}
