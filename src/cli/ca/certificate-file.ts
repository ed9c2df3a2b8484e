import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Certificate, parsePem, readCertificate } from '../../pki/index.ts'
import { byteText, type Outcome, ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { wrong } from './endings.ts'

const largestFile = 65_536

/** The first certificate in a file, PEM or DER: a chain has the leaf in front. What the file holds is never repeated. */
export function readCertificateFile({ cwd }: Context, name: string): Outcome<Certificate, Ending> {
  const path = resolve(cwd, name)
  try {
    if (statSync(path).size > largestFile) return no(path, 'it is larger than 64 KiB')
    const bytes = Uint8Array.from(readFileSync(path))
    const { blocks, problems } = parsePem(byteText(bytes))
    const der = bytes[0] === 0x30 ? bytes : blocks.find(({ label }) => label === 'CERTIFICATE')?.der
    const [problem] = problems
    if (der === undefined)
      return no(path, problem === undefined ? 'it holds something else' : `line ${problem.line}: ${problem.text}`)
    return ok(readCertificate(der))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      der: 'what it holds is no X.509 certificate',
    }
    return no(path, why[code ?? ''] ?? `it cannot be read (${code ?? 'unknown'})`)
  }
}

function no(path: string, why: string): { ok: false; refusal: Ending } {
  const next = `openssl x509 -in ${shellWord(path)} -noout -text   # shows what it is`
  return refused(wrong(`${path} holds no certificate`, why, next))
}
