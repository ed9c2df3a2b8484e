import { createHash } from 'node:crypto'
import { armour, type Certificate, type CertificateDetails, digestVariants, issuedBy } from '../../pki/index.ts'
import { bytesOf, type Instant, isoTime, relativeTime } from '../../terms/index.ts'
import type { World } from '../ca/world.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { table } from '../table.ts'
import { type CertificateFile, readCertificateFile } from './certificate-file.ts'

/** `sectag cert inspect`: what stands in a certificate file, for people and with `--json` for machines. Nothing is judged. */
export async function inspect(world: World, name: string): Promise<Ending> {
  const { context, output } = world
  const file = readCertificateFile(world, name)
  if (!file.ok) return file.refusal
  const now = context.clock.now()
  file.value.chain.forEach((details, index) => {
    output.event(
      'certificate-read',
      eventOf(details, name, index),
      table([`certificate ${index + 1}`, details.certificate.subject], rowsOf(details, now)) + '\n',
    )
  })
  await tellChain(world, file.value)
  for (const line of file.value.keyLines)
    output.warn(
      'private-key-here',
      `A private key stands at line ${line} of ${name}; it is not shown. Keep it in a file of its own.`,
    )
  return { exit: 0, more: { certificates: file.value.chain.length } }
}

function sha1({ certificate: { der } }: CertificateDetails): string {
  return createHash('sha1').update(der).digest('hex').toUpperCase()
}

function pemOf(chain: readonly CertificateDetails[]): string {
  return chain.map(({ certificate: { der } }) => armour({ label: 'CERTIFICATE', der })).join('')
}

function eventOf(details: CertificateDetails, file: string, index: number): Record<string, unknown> {
  const { certificate, signature, pathLength, keyUsage, purposes, names, distributionPoints } = details
  const { subject, issuer, serial, ca, key, fingerprint, der } = certificate
  return {
    file,
    index,
    subject,
    issuer,
    serial,
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    ca,
    key,
    signature: signature.name,
    names,
    distributionPoints,
    fingerprint,
    sha1: sha1(details),
    bytes: { der: der.length, pem: pemOf([details]).length },
    ...(pathLength !== undefined && { pathLength }),
    ...(keyUsage !== undefined && { keyUsage }),
    ...(purposes !== undefined && { purposes }),
    ...(details.subjectKeyId !== undefined && { subjectKeyId: details.subjectKeyId }),
    ...(details.authorityKeyId !== undefined && { authorityKeyId: details.authorityKeyId }),
  }
}

function rowsOf(details: CertificateDetails, now: Instant): string[][] {
  const { certificate, signature, keyUsage, purposes } = details
  const { issuer, serial, notBefore, notAfter, key, fingerprint, der } = certificate
  const moment = (instant: Instant): string => `${isoTime(instant)} (${relativeTime(instant, now)})`
  const list = (items: readonly string[] | undefined, none: string): string => (items?.length ? items.join(', ') : none)
  return [
    ['  issuer', issuer === certificate.subject ? 'itself' : issuer],
    ['  serial', serial],
    ['  valid from', moment(notBefore)],
    ['  valid until', moment(notAfter)],
    ['  key', key],
    ['  signed by', signature.name],
    ['  may', mayWords(details)],
    ['  purpose', list(purposes, 'any')],
    ['  key usage', list(keyUsage, 'any')],
    ['  names', list(details.names, 'none')],
    ['  CRL at', list(details.distributionPoints, 'not said')],
    ['  SHA-256', fingerprint],
    ['  SHA-1', sha1(details)],
    ['  bytes', `${der.length} as DER, ${pemOf([details]).length} as PEM`],
  ]
}

function mayWords({ certificate: { ca }, pathLength }: CertificateDetails): string {
  if (!ca) return 'sign no certificates'
  return `sign certificates${pathLength === undefined ? '' : `, with ${pathLength} CAs below it`}`
}

/** The file as a whole: its order, its bytes, and the digest that a modem shows for it (DIG-01). */
async function tellChain({ output }: World, { name, chain }: CertificateFile): Promise<void> {
  const certificates = chain.map(({ certificate }) => certificate)
  const inOrder = await isInOrder(certificates)
  const text = pemOf(chain)
  const bytes = { der: certificates.reduce((sum, { der }) => sum + der.length, 0), pem: text.length }
  const digest = digestVariants(bytesOf(text))[0]?.sha256 ?? ''
  const order = inOrder
    ? 'each issued by the one behind it'
    : `not each issued by the one behind it: sectag cert lint ${shellWord(name)}`
  const rows = [
    ['  order', chain.length === 1 ? 'one certificate' : order],
    ['  bytes', `${bytes.der} as DER, ${bytes.pem} as PEM`],
    ['  in a listing', `${digest} (written by sectag)`],
  ]
  output.event(
    'certificate-chain',
    { file: name, certificates: chain.length, inOrder, bytes, digest },
    table(['file', name], rows),
  )
}

async function isInOrder(chain: readonly Certificate[]): Promise<boolean> {
  for (const [index, issuer] of chain.slice(1).entries()) {
    const below = chain[index]
    if (below !== undefined && !(await issuedBy(below, issuer))) return false
  }
  return true
}
