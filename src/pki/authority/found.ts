import { type Bytes, hex, type Instant, type Random, SectagError, type Secret } from '../../terms/index.ts'
import { isCrlUrl } from '../distribution-point.ts'
import { encryptKey } from '../encrypted-key.ts'
import { type KeyPair, newKeyPair } from '../key-pair.ts'
import { commonName, longestCommonName } from '../name.ts'
import { armour } from '../pem.ts'
import type { AuthorityFiles } from './authority.ts'
import { keyIdentifier, makeCertificate, type Signer } from './certificate-maker.ts'
import { headStart, profiles } from './profiles.ts'

const suffixes = { root: ' root CA', issuing: ' issuing CA' } as const
const day = 86_400_000

/** Characters that the name of an authority may have, so that both its CAs can bear it. */
export const longestAuthorityName: number = longestCommonName - suffixes.issuing.length

/**
 * A new authority: a root CA that signs itself, and the issuing CA under it, both P-256. The keys are encrypted with the
 * passphrase; nothing but the files knows them.
 */
export async function foundAuthority(order: {
  readonly name: string
  readonly passphrase: Secret
  readonly now: Instant
  readonly random: Random
  /** Where the CRL of the issuing CA will be found; see {@link defaultCrlUrl}. */
  readonly crlUrl?: string
}): Promise<AuthorityFiles> {
  const { name, passphrase, random } = order
  if (name.trim() === '' || name.length > longestAuthorityName)
    throw new SectagError('internal', `the name of an authority has 1 to ${longestAuthorityName} characters`)
  if (order.crlUrl !== undefined && !isCrlUrl(order.crlUrl)) throw new SectagError('internal', 'no address of a CRL')
  const now = Math.floor(order.now / 1000) * 1000
  const [rootPair, issuingPair] = [await newKeyPair(), await newKeyPair()]
  const root = await signerOf(`${name}${suffixes.root}`, rootPair)
  const issuing = await signerOf(`${name}${suffixes.issuing}`, issuingPair)
  return {
    rootCertificate: await authorityCertificate('root', root, rootPair, root, now, random),
    rootKey: await encryptKey(rootPair.privateKey, passphrase, random),
    issuingCertificate: await authorityCertificate('issuing', issuing, issuingPair, root, now, random),
    issuingKey: await encryptKey(issuingPair.privateKey, passphrase, random),
    crlUrl: order.crlUrl ?? defaultCrlUrl(issuing.keyId),
  }
}

/**
 * An address that nobody else has: `internal` is kept free for private networks for ever, so whoever wants to serve the CRL
 * can still give the name to a host of theirs when certificates that say it are in the field.
 */
export function defaultCrlUrl(keyId: Bytes): string {
  return `http://crl.sectag.internal/${hex(keyId.slice(0, 8))}.crl`
}

async function signerOf(name: string, pair: KeyPair): Promise<Signer> {
  return { name: commonName(name), key: pair.privateKey, keyId: await keyIdentifier(pair.spki) }
}

async function authorityCertificate(
  kind: 'root' | 'issuing',
  subject: Signer,
  { spki }: KeyPair,
  signer: Signer,
  now: Instant,
  random: Random,
): Promise<string> {
  const profile = profiles[kind]
  const shape = {
    profile,
    subject: subject.name,
    names: [],
    spki,
    serial: newSerial(random),
    notBefore: now - headStart,
    notAfter: now + profile.days * day,
    crlUrl: '',
  }
  return armour({ label: 'CERTIFICATE', der: await makeCertificate(shape, signer) })
}

/** A serial number: 16 random octets, positive (RFC 5280, 4.1.2.2). */
export function newSerial(random: Random): Bytes {
  const serial = random.bytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}
