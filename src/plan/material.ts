import {
  armour,
  type Certificate,
  type PemBlock,
  type PemProblem,
  parsePem,
  readCertificate,
  readPrivateKey,
} from '../pki/index.ts'
import { type CredentialType, credentialType, type Instant, isoTime, relativeTime, typeName } from '../terms/index.ts'
import type { Problem } from './problem.ts'

/** A file's text as a credential: the text to be written, and what there is to say about it. */
export interface ReadMaterial {
  readonly content: string | undefined
  readonly certificates: readonly Certificate[]
  readonly problems: readonly Problem[]
}

const notPemNext: Record<PemProblem['code'], string> = {
  'not-pem':
    'openssl WHAT -inform der -in FILE -out FILE.pem   # if it is DER; for a .p12: openssl pkcs12 -nodes -in FILE',
  flattened: 'put each header, footer and 64-character line on a line of its own; or fetch the file again, unpasted',
  'escaped-newlines': String.raw`printf '%b' "$(cat FILE)" > FILE.pem`,
  unfinished: 'fetch the file again: its end is missing',
  'bad-base64': 'fetch the file again: its body is damaged',
  empty: 'fetch the file again',
}

/** Reads what is meant for a slot of this type. `text` has one character a byte. */
export function readMaterial(type: CredentialType, text: string, origin: string, now: Instant): ReadMaterial {
  if (type === credentialType.psk) return readPsk(text, origin)
  if (type === credentialType.pskIdentity) return readPskIdentity(text, origin)
  const pem = parsePem(text)
  const problems = pem.problems.map((problem) => pemProblem(problem, type, text, origin))
  if (problems.length > 0) return { content: undefined, certificates: [], problems }
  const read =
    type === credentialType.privateKey ? readKey(pem.blocks, origin) : readCertificates(pem.blocks, type, origin, now)
  const outside: Problem[] = pem.outside
    ? [note(origin, 'text-outside', 'text outside the PEM blocks is left out; a modem has no use for it')]
    : []
  return { ...read, problems: [...read.problems, ...outside] }
}

function error(where: string, code: string, text: string, next?: string): Problem {
  return { severity: 'error', code, where, text, ...(next !== undefined && { next }) }
}

function warning(where: string, code: string, text: string): Problem {
  return { severity: 'warning', code, where, text }
}

function note(where: string, code: string, text: string): Problem {
  return { severity: 'note', code, where, text }
}

function pemProblem(problem: PemProblem, type: CredentialType, text: string, origin: string): Problem {
  const utf16 = text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff')
  if (utf16) {
    return error(
      origin,
      'utf-16',
      'the file is UTF-16; a modem needs ASCII',
      'iconv -f utf-16 -t ascii FILE > FILE.pem',
    )
  }
  const what = `not a PEM ${typeName(type)}: ${problem.text}`
  const next = notPemNext[problem.code].replace('WHAT', type === credentialType.privateKey ? 'pkey' : 'x509')
  return error(`${origin}:${problem.line}`, problem.code, what, next)
}

/** Eight bytes, in hexadecimal digits: what is shorter can be guessed, and cannot be kept out of a log either. */
const shortestPsk = 16

function readPsk(text: string, origin: string): ReadMaterial {
  const content = text.trim()
  const hexadecimal = /^(?:[0-9a-f]{2})+$/i.test(content)
  if (hexadecimal && content.length >= shortestPsk) return { content, certificates: [], problems: [] }
  if (hexadecimal) {
    const problem = error(
      origin,
      'psk-too-short',
      `a PSK of ${content.length / 2} bytes is no secret`,
      'openssl rand -hex 16',
    )
    return { content: undefined, certificates: [], problems: [problem] }
  }
  const what = 'a PSK is hexadecimal, two digits a byte: `6e72663931` for the five bytes of "nrf91"'
  const problems = [error(origin, 'psk-not-hex', what, 'xxd -p -c 256 FILE   # if the file holds the raw bytes')]
  return { content: undefined, certificates: [], problems }
}

function readPskIdentity(text: string, origin: string): ReadMaterial {
  const content = text.replace(/\r?\n$/, '')
  if (/^[\x20\x21\x23-\x7e]+$/.test(content)) return { content, certificates: [], problems: [] }
  const what = 'a PSK identity is plain text on one line, without double quotes'
  return { content: undefined, certificates: [], problems: [error(origin, 'psk-identity', what)] }
}

/** The key in the encoding it came in; a block of EC PARAMETERS in front is left out, because modems have failed on it. */
function readKey(blocks: readonly PemBlock[], origin: string): ReadMaterial {
  const key = readPrivateKey(blocks)
  if ('code' in key) {
    const problem = error(origin, `key-${key.code}`, key.text, key.next.replaceAll('KEY', 'FILE'))
    return { content: undefined, certificates: [], problems: [problem] }
  }
  const problems: Problem[] = []
  if (blocks.some((block) => block.label === 'EC PARAMETERS')) {
    problems.push(note(origin, 'ec-parameters', 'the EC PARAMETERS block is left out; the key itself names its curve'))
  }
  if (key.algorithm.kind !== 'EC' || key.algorithm.curve !== 'P-256') {
    const kind = key.algorithm.kind === 'EC' ? key.algorithm.curve : 'RSA'
    problems.push(note(origin, 'key-kind', `the key is ${kind}; P-256 is what modems make themselves and is smallest`))
  }
  const block = blocks.find((block) => block.label.endsWith('PRIVATE KEY'))
  return { content: block === undefined ? undefined : armour(block), certificates: [], problems }
}

function readCertificates(
  blocks: readonly PemBlock[],
  type: CredentialType,
  origin: string,
  now: Instant,
): ReadMaterial {
  const problems: Problem[] = []
  const certificates: Certificate[] = []
  for (const block of blocks) {
    if (block.label !== 'CERTIFICATE') {
      const what = `there is a ${block.label} in it (line ${block.line}), where a ${typeName(type)} belongs`
      problems.push(error(origin, 'wrong-block', what, 'name the right file'))
      continue
    }
    try {
      certificates.push(readCertificate(block.der))
    } catch {
      const what = `the block at line ${block.line} is no X.509 certificate`
      problems.push(error(origin, 'not-a-certificate', what, 'openssl x509 -in FILE -noout -text'))
    }
  }
  problems.push(...certificates.flatMap((certificate) => lintDates(certificate, origin, now)))
  problems.push(...(type === credentialType.rootCa ? lintRoots(certificates, origin) : lintChain(certificates, origin)))
  const content = blocks.map((block) => armour(block)).join('')
  return { content: content === '' ? undefined : content, certificates, problems }
}

function lintDates(certificate: Certificate, origin: string, now: Instant): Problem[] {
  const { subject, notBefore, notAfter } = certificate
  if (notAfter < now) {
    const when = `${isoTime(notAfter)} (${relativeTime(notAfter, now)})`
    const who = certificate.ca ? 'a board may refuse every server under it' : 'a broker will refuse it'
    return [warning(origin, 'expired', `${subject} expired ${when}; ${who}`)]
  }
  if (notBefore > now) {
    const when = `${isoTime(notBefore)} (${relativeTime(notBefore, now)})`
    return [warning(origin, 'not-yet-valid', `${subject} is not valid before ${when}`)]
  }
  return []
}

function lintRoots(certificates: readonly Certificate[], origin: string): Problem[] {
  return certificates
    .filter((certificate) => !certificate.ca)
    .map(({ subject }) =>
      warning(
        origin,
        'not-a-ca',
        `${subject} is not marked as a CA; a server's own certificate breaks the board at its renewal`,
      ),
    )
}

function lintChain(certificates: readonly Certificate[], origin: string): Problem[] {
  const problems: Problem[] = []
  const [leaf] = certificates
  if (leaf?.ca === true) {
    problems.push(
      warning(origin, 'leaf-is-ca', `${leaf.subject} is a CA; the board's own certificate must stand first`),
    )
  }
  certificates.slice(1).forEach((certificate, index) => {
    const below = certificates[index]
    if (below !== undefined && below.issuer !== certificate.subject) {
      problems.push(
        warning(origin, 'chain-order', `${certificate.subject} did not issue ${below.subject}, which stands before it`),
      )
    }
  })
  return problems
}
