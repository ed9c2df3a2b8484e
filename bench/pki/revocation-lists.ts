import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { X509Certificate, X509CrlGenerator } from '@peculiar/x509'
import { systemRandom } from '../../src/cli/system-random.ts'
import { newSerial } from '../../src/pki/index.ts'
import { hex } from '../../src/terms/index.ts'
import type { Figure } from '../run.ts'
import type { BenchAuthority } from './bench-authority.ts'
import { duration } from './rate.ts'

const [entries, times, day] = [10_000, 5, 86_400_000]
const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** How long a CRL of ten thousand entries takes. */
export async function revocationLists(ca: BenchAuthority): Promise<Figure[]> {
  const now = Date.now()
  const serials = Array.from({ length: entries }, () => newSerial(systemRandom))
  const revoked = serials.map((serial) => ({ serial, at: now }))
  opensslDatabase(ca.folder, serials.map(hex))
  return [
    ...(await duration('a CRL of 10,000 entries: sectag', times, () =>
      ca.authority.revocationList({ number: 1, now, revoked }),
    )),
    ...(await duration('a CRL of 10,000 entries: bare @peculiar/x509', 1, () =>
      X509CrlGenerator.create({
        issuer: new X509Certificate(ca.issuing).subject,
        thisUpdate: new Date(now),
        nextUpdate: new Date(now + 7 * day),
        entries: serials.map((serial) => ({ serialNumber: hex(serial), revocationDate: new Date(now) })),
        signingKey: ca.key,
        signingAlgorithm: curve,
      }),
    )),
    ...(await duration('a CRL of 10,000 entries: openssl ca -gencrl, one process', times, () =>
      ca.openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'list.crl'),
    )),
  ]
}

/** The text database of `openssl ca`: all of it revoked. */
function opensslDatabase(folder: string, serials: readonly string[]): void {
  const lines = serials.map(
    (serial, at) => `R\t361231235959Z\t261122000000Z\t${serial.toUpperCase()}\tunknown\t/CN=b${at}\n`,
  )
  writeFileSync(join(folder, 'index.txt'), lines.join(''))
  writeFileSync(join(folder, 'crlnumber'), '01\n')
  writeFileSync(join(folder, 'ca.cnf'), config)
}

const config = `[ca]
default_ca = bench
[bench]
database = index.txt
crlnumber = crlnumber
certificate = issuing.crt
private_key = issuing.key
default_md = sha256
default_crl_days = 7
crl_extensions = extensions
[extensions]
authorityKeyIdentifier = keyid
`
