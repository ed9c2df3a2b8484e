import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Authority,
  type AuthorityFiles,
  foundAuthority,
  type Issued,
  type IssueOrder,
  makeRequest,
  newKeyPair,
  newSerial,
  openAuthority,
} from '../../src/pki/index.ts'
import { type Bytes, Secret, utf8 } from '../../src/terms/index.ts'
import { systemRandom } from '../../src/cli/system-random.ts'

/** What the keys of test authorities are encrypted with. */
export const passphrase = 'correct horse battery'

/** An authority with its files. */
export interface TestAuthority {
  readonly files: AuthorityFiles
  readonly authority: Authority
  /** Issues for a new P-256 key unless another request is given; throws where it is refused. */
  issue(order: Partial<IssueOrder> & { profile: IssueOrder['profile'] }): Promise<Issued>
}

/** A new one, valid now by the real clock: openssl and Node look at theirs. */
export async function freshAuthority(name = 'test', words = passphrase, crlUrl?: string): Promise<TestAuthority> {
  const secret = new Secret(utf8(words))
  const founded = await foundAuthority({
    name,
    passphrase: secret,
    now: Date.now(),
    random: systemRandom,
    ...(crlUrl && { crlUrl }),
  })
  const files = crlUrl === '' ? { ...founded, crlUrl } : founded
  const opened = await openAuthority(files, secret)
  if (!opened.ok) throw new Error(opened.refusal.text)
  const authority = opened.value
  return {
    files,
    authority,
    async issue(order) {
      const request = order.request ?? (await makeRequest(await newKeyPair(), 'unnamed'))
      const issued = await authority.issue({ now: Date.now(), serial: newSerial(systemRandom), ...order, request })
      if (!issued.ok) throw new Error(issued.refusal.text)
      return issued.value
    },
  }
}

let made: Promise<TestAuthority> | undefined

/** The same one for every test that only needs one: founding takes time. Its keys are quick to open. */
export function testAuthority(): Promise<TestAuthority> {
  made ??= freshAuthority().then((authority) => ({
    ...authority,
    files: quickToOpen(authority.files),
  }))
  return made
}

/** The same keys with OpenSSL's 2,048 rounds in place of our 600,000: tests open them a thousand times, and nobody attacks them. */
function quickToOpen(files: AuthorityFiles): AuthorityFiles {
  const again = (key: string): string =>
    createPrivateKey({ key, passphrase })
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
      .toString()
  return { ...files, rootKey: again(files.rootKey), issuingKey: again(files.issuingKey) }
}

/** A folder for outside programs, with files in it; `clear` takes it away. */
export function folderWith(files: Record<string, string | Uint8Array>): {
  path: (name: string) => string
  clear: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-files-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return { path: (name) => join(folder, name), clear: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The same request with a NULL behind ecdsa-with-SHA256, as modems write it (KEY-16). */
export function withNull(request: Bytes): Bytes {
  const text = Buffer.from(request).toString('hex')
  const body = text.slice(text.indexOf('30', 2)).replace('300a06082a8648ce3d040302', '300c06082a8648ce3d0403020500')
  const length = body.length / 2
  const head = length < 256 ? `3081${length.toString(16)}` : `3082${length.toString(16).padStart(4, '0')}`
  return Uint8Array.from(Buffer.from(head + body, 'hex'))
}
