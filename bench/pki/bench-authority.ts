import { execFileSync } from 'node:child_process'
import type { webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '../../src/cli/system-random.ts'
import {
  type Authority,
  armour,
  decryptKey,
  foundAuthority,
  openAuthority,
  parsePem,
  readAuthority,
} from '../../src/pki/index.ts'
import { type Bytes, Secret, utf8 } from '../../src/terms/index.ts'

/** One authority for all who are compared: ours, its key for the bare library, and its files for openssl. */
export interface BenchAuthority {
  readonly authority: Authority
  /** The issuing CA: DER of its certificate, and its key. */
  readonly issuing: Bytes
  readonly issuingSpki: Bytes
  readonly key: webcrypto.CryptoKey
  /** A folder with root.crt, issuing.crt and issuing.key. */
  readonly folder: string
  openssl(...argv: string[]): void
  clear(): void
}

const program = process.env['SECTAG_OPENSSL'] ?? 'openssl'

/** Makes one that is thrown away. */
export async function benchAuthority(): Promise<BenchAuthority> {
  const passphrase = new Secret(utf8('only for this bench'))
  const files = await foundAuthority({ name: 'bench', passphrase, now: Date.now(), random: systemRandom })
  const [opened, read, key] = [
    await openAuthority(files, passphrase),
    await readAuthority(files),
    await decryptKey(files.issuingKey, passphrase),
  ]
  if (!opened.ok || !read.ok || !key.ok) throw new Error('an authority that was just made does not open')
  const { pkcs8 } = key.value
  const folder = mkdtempSync(join(tmpdir(), 'sectag-bench-'))
  writeFileSync(join(folder, 'root.crt'), files.rootCertificate)
  writeFileSync(join(folder, 'issuing.crt'), files.issuingCertificate)
  writeFileSync(join(folder, 'issuing.key'), armour({ label: 'PRIVATE KEY', der: pkcs8 }), { mode: 0o600 })
  return {
    authority: opened.value,
    issuing: parsePem(files.issuingCertificate).blocks[0]?.der ?? new Uint8Array(),
    issuingSpki: read.value.issuing.spki,
    key: await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']),
    folder,
    openssl: (...argv) => void execFileSync(program, argv, { cwd: folder, stdio: 'pipe' }),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}
