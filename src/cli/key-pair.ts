import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { type PemBlock, parsePem, readPrivateKey } from '../pki/index.ts'
import { shellWord } from './shell-word.ts'

/** A file that a flag names: `name` as it was typed, and its text. */
export interface NamedText {
  readonly flag: string
  readonly name: string
  readonly text: string
}

/** What is wrong with it: three parts of a failure; what the state is, the verb knows. */
export interface Unusable {
  readonly what: string
  readonly why: string
  readonly next: string
}

/** Why a file cannot stand for certificates: there is none in it, or one that cannot be read. */
export function certificateProblem(file: NamedText): Unusable | undefined {
  const { flag, name } = file
  const blocks = certificatesIn(file)
  const path = shellWord(name)
  if (blocks.length === 0) {
    const why = parsePem(file.text).problems[0]?.text ?? 'it holds something else'
    const next = `openssl x509 -inform der -in ${path} -out ${shellWord(`${name}.pem`)}   # if it is DER`
    return { what: `${flag}: there is no certificate in ${name}`, why: `PEM is expected: ${why}`, next }
  }
  if (blocks.every((block) => certificateOf(block) !== undefined)) return undefined
  const what = `${flag}: a certificate in ${name} cannot be read`
  return { what, why: 'it is damaged, or no X.509', next: `sectag cert lint ${path}` }
}

/** Why a key does not go with the first certificate of a chain that can be read. Nobody else need be asked whether the two fit. */
export function pairProblem(chain: NamedText, key: NamedText): Unusable | undefined {
  const usable = keyOf(key)
  if ('what' in usable) return usable
  const [leaf] = certificatesIn(chain).map(certificateOf)
  if (leaf === undefined || leaf.checkPrivateKey(usable)) return undefined
  const [certificate, other] = [shellWord(chain.name), shellWord(key.name)]
  return {
    what: `${key.flag}: the key in ${key.name} does not fit the certificate in ${chain.name}`,
    why: 'likely: the files are of two boards or servers, or the certificate is of an earlier key',
    next: `openssl x509 -noout -pubkey -in ${certificate}; openssl pkey -pubout -in ${other}   # the same, where the two fit`,
  }
}

function certificatesIn({ text }: NamedText): readonly PemBlock[] {
  return parsePem(text).blocks.filter(({ label }) => label === 'CERTIFICATE')
}

function certificateOf({ der }: PemBlock): X509Certificate | undefined {
  try {
    return new X509Certificate(der)
  } catch {
    return undefined
  }
}

function keyOf({ flag, name, text }: NamedText): KeyObject | Unusable {
  try {
    return createPrivateKey(text)
  } catch {
    // What the library says might quote the file.
    const read = readPrivateKey(parsePem(text).blocks)
    const [why, next] = 'code' in read ? [read.text, read.next] : ['it is damaged', 'openssl pkey -noout -in KEY']
    return {
      what: `${flag}: the key in ${name} cannot be used`,
      why,
      next: next.replaceAll(/KEY(\.\w+)?/g, (_, ending = '') => shellWord(name + ending)),
    }
  }
}
