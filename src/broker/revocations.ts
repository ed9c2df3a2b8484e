import { armour, type Certificate, type Crl, parsePem, readCrl, serialKey } from '../pki/index.ts'
import { type Bytes, type Instant, SectagError } from '../terms/index.ts'

const label = 'X509 CRL'

/** One list of a text: as PEM, and read where we can. */
interface Listed {
  readonly pem: string
  readonly crl?: Crl
}

/** The lists of a PEM text, as brokers keep them: one for each CA that boards come from. */
export function listsIn(text: string): Listed[] {
  const blocks = parsePem(text).blocks.filter((block) => block.label === label)
  return blocks.map(({ der }: { der: Bytes }) => {
    const pem = armour({ label, der })
    const read = readCrl(pem)
    return { pem, ...(read.ok && { crl: read.value }) }
  })
}

/** A new list, and behind it those of other CAs that stood beside the one that it replaces: their boards need them. */
export function besideOthers(crl: Crl, text: string | undefined): string {
  const others = listsIn(text ?? '').filter((listed) => listed.crl?.issuer !== crl.issuer)
  return [crl.pem, ...others.map(({ pem }) => pem)].join('')
}

/** What lists say of a certificate now. Where its CA has none among them, or one that has run out, nothing good is known of it. */
export type Verdict = 'client-revoked' | 'crl-stale' | 'crl-unusable' | undefined

/** Reads the lists that a broker of ours is to obey. Throws a SectagError `pem` where a text holds none, or one that cannot be used. */
export function obey(text: string): (certificate: Certificate, now: Instant) => Verdict {
  const lists = listsIn(text)
  const crls = lists.flatMap(({ crl }) => crl ?? [])
  if (crls.length === 0 || crls.length < lists.length)
    throw new SectagError('pem', 'the text holds no list of revoked certificates that can be read')
  return ({ issuer, serial }, now) => {
    const mine = crls.filter((crl) => crl.issuer === issuer)
    if (mine.some(({ entries }) => entries.has(serialKey(serial)))) return 'client-revoked'
    const begun = mine.filter(({ thisUpdate }) => thisUpdate <= now)
    if (begun.length === 0) return 'crl-unusable'
    return begun.some(({ nextUpdate }) => now < (nextUpdate ?? 0)) ? undefined : 'crl-stale'
  }
}
