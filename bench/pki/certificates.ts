import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { systemRandom } from '../../src/cli/system-random.ts'
import { makeRequest, newKeyPair, newSerial } from '../../src/pki/index.ts'
import { type Bytes, hex } from '../../src/terms/index.ts'
import type { Figure } from '../run.ts'
import type { BenchAuthority } from './bench-authority.ts'
import { rate } from './rate.ts'

const [turns, opensslTurns, day] = [400, 40, 86_400_000]
const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const clientAuth = '1.3.6.1.5.5.7.3.2'

/** Certificates a second from requests: parse, check, sign, check the result; the same work for all three. */
export async function certificates(ca: BenchAuthority): Promise<Figure[]> {
  const requests = await Promise.all(
    Array.from({ length: opensslTurns }, async (_, at) => makeRequest(await newKeyPair(), `board-${at}`)),
  )
  const request = (turn: number): Bytes => requests[turn % requests.length] ?? new Uint8Array()
  for (const [at, der] of requests.entries()) writeFileSync(join(ca.folder, `${at}.csr`), der)
  writeFileSync(join(ca.folder, 'device.ext'), deviceExtensions)
  const bare = await bareIssuer(ca)
  return [
    ...(await rate('certificates from requests: sectag', turns, async (turn) => {
      const order = {
        profile: 'device',
        request: request(turn),
        now: Date.now(),
        serial: newSerial(systemRandom),
      } as const
      const issued = await ca.authority.issue(order)
      if (!issued.ok) throw new Error(issued.refusal.text)
    })),
    ...(await rate('certificates from requests: bare @peculiar/x509', turns, (turn) => bare(request(turn)))),
    ...(await rate('certificates from requests: openssl, two processes each', opensslTurns, (turn) => {
      const [csr, crt] = [`${turn % requests.length}.csr`, `${turn % requests.length}.crt`]
      const signer = ['-CA', 'issuing.crt', '-CAkey', 'issuing.key', '-set_serial', `0x${hex(newSerial(systemRandom))}`]
      ca.openssl(
        'x509',
        '-req',
        '-inform',
        'der',
        '-in',
        csr,
        ...signer,
        '-days',
        '30',
        '-extfile',
        'device.ext',
        '-out',
        crt,
      )
      ca.openssl('verify', '-CAfile', 'root.crt', '-untrusted', 'issuing.crt', '-purpose', 'sslclient', crt)
    })),
  ]
}

const deviceExtensions = `basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
`

/** What one would write with the library alone, without a mistake and without a check of ours. */
async function bareIssuer({ issuing, issuingSpki, key }: BenchAuthority): Promise<(request: Bytes) => Promise<void>> {
  const issuer = new X509Certificate(issuing)
  const verifier = await crypto.subtle.importKey('spki', issuingSpki, curve, true, ['verify'])
  return async (der) => {
    const request = new Pkcs10CertificateRequest(der)
    if (!(await request.verify())) throw new Error('the request is not signed by its key')
    const made = await X509CertificateGenerator.create({
      serialNumber: hex(newSerial(systemRandom)),
      subject: request.subject,
      issuer: issuer.subject,
      notBefore: new Date(),
      notAfter: new Date(Date.now() + 30 * day),
      publicKey: request.publicKey,
      signingKey: key,
      signingAlgorithm: curve,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([clientAuth]),
        await SubjectKeyIdentifierExtension.create(request.publicKey),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ],
    })
    const again = new X509Certificate(made.rawData)
    if (!(await again.verify({ publicKey: verifier, signatureOnly: true }))) throw new Error('it does not verify')
  }
}
