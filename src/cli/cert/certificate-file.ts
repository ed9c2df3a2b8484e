import { resolve } from 'node:path'
import { armour, type CertificateDetails, parsePem } from '../../pki/index.ts'
import { certificatesOf } from '../../plan/index.ts'
import { byteText, type Bytes, type Outcome, ok, refused, Secret, utf8 } from '../../terms/index.ts'
import type { World } from '../ca/world.ts'
import type { Ending } from '../output.ts'
import { readFile } from '../read-file.ts'
import { shellWord } from '../shell-word.ts'

/** A file that holds at least one certificate. */
export interface CertificateFile {
  /** As it was typed. */
  readonly name: string
  readonly content: Bytes
  readonly chain: readonly [CertificateDetails, ...CertificateDetails[]]
  /** Lines of the BEGIN of private keys in it: they are told and never shown. */
  readonly keyLines: readonly number[]
}

/** Reads a file of certificates; whatever is printed from here on is struck of the private keys in it. */
export function readCertificateFile({ context, output }: World, name: string): Outcome<CertificateFile, Ending> {
  const content = readFile(resolve(context.cwd, name), name)
  if (!(content instanceof Uint8Array))
    return no(content.text, 'no such file is there for us', `ls -l ${shellWord(name)}`)
  const text = byteText(content)
  const blocks = content[0] === 0x30 ? [] : parsePem(text).blocks
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'))
  for (const key of keys) output.know(new Secret(utf8(armour(key))))
  const [leaf, ...others] = certificatesOf(content).chain
  if (leaf === undefined)
    return noCertificate(
      name,
      blocks.map(({ label }) => label),
    )
  return ok({ name, content, chain: [leaf, ...others], keyLines: keys.map(({ line }) => line) })
}

const others: readonly (readonly [RegExp, string, string])[] = [
  [/PRIVATE KEY$/, 'it is a private key', 'openssl pkey -noout -text_pub -in'],
  [/CERTIFICATE REQUEST$/, 'it is a certificate signing request', 'openssl req -noout -text -in'],
  [/CRL$/, 'it is a CRL', 'openssl crl -noout -text -in'],
  [/^CERTIFICATE$/, 'the certificate in it cannot be read', 'openssl x509 -noout -text -in'],
]

/** What the file holds is named by its labels only: it may be a key. */
export function noCertificate(name: string, labels: readonly string[]): { ok: false; refusal: Ending } {
  const look = labels.length > 0 ? 'grep -n BEGIN' : 'sectag cert lint'
  const [, why = 'it holds something else, or it was cut', next = look] =
    others.find(([pattern]) => labels.some((label) => pattern.test(label))) ?? []
  return no(`${name} holds no certificate that can be read`, why, `${next} ${shellWord(name)}`)
}

function no(what: string, why: string, next: string): { ok: false; refusal: Ending } {
  return refused({ exit: 2, failure: { what, state: 'nothing was changed', why, next } })
}
