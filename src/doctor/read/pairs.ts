import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

/** A certificate's public half, and a key's, as people print them to see whether they are one. */
const ofCertificate = /\bopenssl\s+x509\b.*\s-(pubkey|modulus)\b/
const ofKey = /\bopenssl\s+(?:pkey|rsa|ec)\b.*\s-(pubout|modulus)\b/
const prompt = /^\s*[$#] \S/
/** What tools say beside the value, and what stands in front of it. */
const beside = /^(?:writing|read) (?:RSA|EC) key$|^\s*$/i
const front = /^(?:\(stdin\)= *|(?:MD5|SHA\d+)\(stdin\)= *|Modulus=)/
/** The longest value: a modulus of 4,096 bits has 1,024 digits, and one in PEM not so many lines. */
const longest = 4096

interface Printed {
  readonly line: Line
  readonly of: 'certificate' | 'key'
  readonly form: string
  value: string
}

/** Whether a private key fits a certificate, as two commands of OpenSSL print it one after the other: their values are the same, or not. */
export function pairReader(tell: Tell): Reader {
  const last = new Map<Printed['of'], Printed>()
  let open: Printed | undefined
  const close = (): void => {
    if (open === undefined || open.value === '') return
    last.set(open.of, open)
    open = undefined
    const [certificate, key] = [last.get('certificate'), last.get('key')]
    if (certificate === undefined || key === undefined) return
    last.clear()
    if (certificate.form === key.form && certificate.value !== key.value)
      tell(key.line, 'seen', { sign: 'pair-does-not-fit' })
  }
  return {
    line(line) {
      if (open === undefined && !line.text.includes('openssl')) return
      const printed = begin(line)
      if (printed !== undefined || prompt.test(line.text)) {
        close()
        open = printed
      } else if (open !== undefined && open.value.length < longest && !beside.test(line.text))
        open.value += line.text.replace(front, '').trim()
    },
    end: close,
  }
}

function begin(line: Line): Printed | undefined {
  const [certificate, key] = [ofCertificate.exec(line.text)?.[1], ofKey.exec(line.text)?.[1]]
  const asked = certificate ?? key
  if (asked === undefined) return undefined
  // A digest of it is another form of the same.
  const digest = /\|\s*(?:openssl\s+)?(md5|sha\d+)/i.exec(line.text)?.[1] ?? ''
  const form = `${asked === 'modulus' ? asked : 'public key'} ${digest}`
  return { line, of: certificate === undefined ? 'key' : 'certificate', form, value: '' }
}
