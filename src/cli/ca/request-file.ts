import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parsePem } from '../../pki/index.ts'
import { type Bytes, byteText, type Outcome, ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { wrong } from './endings.ts'

const largestFile = 65_536
const labels = new Set(['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'])

/** The DER of the request in a file, PEM or DER. What the file holds is never repeated: it may be a key, named by mistake. */
export function readRequestFile({ cwd }: Context, name: string): Outcome<Bytes, Ending> {
  const path = resolve(cwd, name)
  try {
    if (statSync(path).size > largestFile) return no(path, 'it is larger than 64 KiB')
    const bytes = Uint8Array.from(readFileSync(path))
    return bytes[0] === 0x30 ? ok(bytes) : fromPem(path, byteText(bytes))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }
    return no(path, why[code ?? ''] ?? `it cannot be read (${code ?? 'unknown'})`)
  }
}

function fromPem(path: string, text: string): Outcome<Bytes, Ending> {
  const { blocks, problems } = parsePem(text)
  const requests = blocks.filter(({ label }) => labels.has(label))
  const [only] = requests
  if (only !== undefined && requests.length === 1) return ok(only.der)
  if (requests.length > 1) return no(path, 'there are several requests in it')
  if (blocks.some(({ label }) => label.endsWith('PRIVATE KEY')))
    return no(
      path,
      'it is a private key, no request',
      `openssl req -new -key ${shellWord(path)} -out FILE.csr   # makes one`,
    )
  if (blocks.some(({ label }) => label.endsWith('CERTIFICATE')))
    return no(path, 'it is a certificate, no request', `sectag cert inspect ${shellWord(path)}   # shows whose`)
  const [problem] = problems
  return no(path, problem === undefined ? 'it holds something else' : `line ${problem.line}: ${problem.text}`)
}

function no(
  path: string,
  why: string,
  next = `ls -l ${shellWord(path)}   # is it the file that was meant?`,
): { ok: false; refusal: Ending } {
  return refused(wrong(`${path} holds no certificate signing request`, why, next))
}
