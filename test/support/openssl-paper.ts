import { readFileSync, writeFileSync } from 'node:fs'
import { findProgram, needs, output } from './outside.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')

/** Whether it is there. */
export const hasOpenssl = openssl !== undefined

/** Tests that need openssl. */
export const withOpenssl = needs('openssl', hasOpenssl)

/** Runs openssl and returns what it prints. */
export function ssl(...argv: string[]): string {
  return output(openssl ?? '', argv)
}

/** What openssl is to make: the key as `-newkey` wants it, and extensions as a configuration file has them. */
export interface OpensslOrder {
  readonly subject: string
  readonly key?: readonly string[]
  readonly days?: number
  readonly extensions?: readonly string[]
  readonly digest?: string
}

const p256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
const caExtensions = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign']

/** Certificates and keys that we did not make: `NAME.crt` and `NAME.key` in a folder. */
export function opensslPaper(path: (name: string) => string) {
  const newRequest = (name: string, { subject, key = p256 }: OpensslOrder): void => {
    const files = ['-keyout', path(`${name}.key`), '-out', path(`${name}.csr`)]
    ssl('req', '-new', '-nodes', '-newkey', ...key, '-subj', subject, ...files)
  }
  const sign = (name: string, order: OpensslOrder, signer: readonly string[]): string => {
    newRequest(name, order)
    writeFileSync(path(`${name}.ext`), (order.extensions ?? []).join('\n'))
    const { days = 400, digest = '-sha256' } = order
    const life = ['-days', String(days), '-extfile', path(`${name}.ext`), digest, '-out', path(`${name}.crt`)]
    ssl('x509', '-req', '-in', path(`${name}.csr`), ...signer, ...life)
    return readFileSync(path(`${name}.crt`), 'utf8')
  }
  return {
    /** One that signs itself; a CA unless other extensions are ordered. */
    root: (name: string, order: OpensslOrder): string =>
      sign(
        name,
        { ...order, extensions: ['subjectKeyIdentifier=hash', ...(order.extensions ?? caExtensions)] },
        (newRequest(name, order), ['-signkey', path(`${name}.key`)]),
      ),
    /** One that another signs. */
    under: (ca: string, name: string, order: OpensslOrder): string =>
      sign(name, order, ['-CA', path(`${ca}.crt`), '-CAkey', path(`${ca}.key`), '-CAcreateserial']),
  }
}

/** Extensions of a CA below another. */
export const subordinate: readonly string[] = [
  'basicConstraints=critical,CA:true,pathlen:0',
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
]

/** Extensions of a certificate for a board or, with names, for a broker. */
export function leafOf(purpose: 'clientAuth' | 'serverAuth', names = ''): string[] {
  return [
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${purpose}`,
    'subjectKeyIdentifier=hash',
    'authorityKeyIdentifier=keyid',
    ...(names === '' ? [] : [`subjectAltName=${names}`]),
  ]
}
