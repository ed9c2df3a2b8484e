/** What a code of mbedTLS is about, as far as a diagnosis goes. */
export type TlsLibraryMeans =
  | 'memory'
  | 'verify'
  | 'no-ca'
  | 'unreadable'
  | 'key'
  | 'own-set'
  | 'suite'
  | 'version'
  | 'timeout'
  | 'closed'
  | 'alert'
  | 'record'
  | 'name'
  | 'unreachable'

/** A code of mbedTLS, and what it is about (ERR-115). */
export interface TlsLibraryCode {
  readonly number: number
  readonly words: string
  readonly means: TlsLibraryMeans
}

const code = (number: number, means: TlsLibraryMeans, words: string): TlsLibraryCode => ({ number, means, words })

const codes: readonly TlsLibraryCode[] = [
  code(-0x0010, 'memory', 'no memory for a big number'),
  code(-0x1180, 'memory', 'no memory to read PEM'),
  code(-0x2880, 'memory', 'no memory for a certificate'),
  code(-0x3400, 'memory', 'no memory for the exchange of keys'),
  code(-0x3f80, 'memory', 'no memory for a key'),
  code(-0x4d80, 'memory', 'no memory for a curve'),
  code(-0x5180, 'memory', 'no memory for a digest'),
  code(-0x6180, 'memory', 'no memory for a cipher'),
  code(-0x6a00, 'memory', 'a buffer of TLS is too small'),
  code(-0x7f00, 'memory', 'no memory'),
  code(-0x2700, 'verify', "the server's certificate was not accepted"),
  code(-0x7800, 'verify', "the server's certificate was not accepted"),
  code(-0x7680, 'no-ca', 'no CA was given to check the server with'),
  code(-0x1080, 'unreadable', 'a text without the first or the last line of PEM'),
  code(-0x1100, 'unreadable', 'PEM that cannot be read'),
  code(-0x2180, 'unreadable', 'a certificate that cannot be read'),
  code(-0x2200, 'unreadable', 'a certificate whose version cannot be read'),
  code(-0x2380, 'unreadable', 'a certificate whose name cannot be read'),
  code(-0x2400, 'unreadable', 'a certificate whose date cannot be read'),
  code(-0x2500, 'unreadable', 'a certificate whose extensions cannot be read'),
  code(-0x2780, 'unreadable', 'neither DER nor PEM'),
  code(-0x3d00, 'key', 'a key that cannot be read'),
  code(-0x3d80, 'key', 'a key whose tag or value is not valid'),
  code(-0x3c80, 'key', 'a key of a kind that it does not know'),
  code(-0x3a00, 'key', 'a key on a curve that it does not know'),
  code(-0x3b80, 'key', 'a key whose password does not fit'),
  code(-0x3c00, 'key', 'a key that wants a password'),
  code(-0x3980, 'key', 'a key of a form that it was built without'),
  code(-0x1200, 'key', 'encrypted PEM whose vector cannot be read'),
  code(-0x1280, 'key', 'PEM encrypted in a way that it does not know'),
  code(-0x1300, 'key', 'encrypted PEM that wants a password'),
  code(-0x1380, 'key', 'encrypted PEM whose password does not fit'),
  code(-0x1400, 'key', 'encrypted PEM, which it was built without'),
  code(-0x1e00, 'key', 'a key in PKCS #12 whose password does not fit'),
  code(-0x1e80, 'key', 'a key in PKCS #12 that cannot be read'),
  code(-0x1f00, 'key', 'a key encrypted by PKCS #12 in a way that it does not know'),
  code(-0x1f80, 'key', 'a key in PKCS #12 that is not valid'),
  code(-0x2e00, 'key', 'a key encrypted by PKCS #5 whose password does not fit'),
  code(-0x2e80, 'key', 'a key encrypted by PKCS #5 in a way that it does not know'),
  code(-0x2f00, 'key', 'a key encrypted by PKCS #5 that cannot be read'),
  code(-0x2f80, 'key', 'a key encrypted by PKCS #5 that is not valid'),
  code(-0x7580, 'own-set', 'no certificate of its own'),
  code(-0x7600, 'own-set', 'no key of its own'),
  code(-0x6e00, 'suite', 'nothing in common with the server'),
  code(-0x7300, 'suite', 'a cipher suite that it does not know'),
  code(-0x7380, 'suite', 'no cipher suite in common'),
  code(-0x7980, 'suite', "the server's first answer is not acceptable"),
  code(-0x6e80, 'version', 'no version of TLS in common'),
  code(-0x6800, 'timeout', 'no answer in time'),
  code(-0x7280, 'closed', 'the other side closed'),
  code(-0x7880, 'closed', 'the other side closed'),
  code(-0x0050, 'closed', 'the other side reset the connection'),
  code(-0x7780, 'alert', 'the other side sent a fatal alert'),
  code(-0x7200, 'record', 'an invalid record'),
  code(-0x0052, 'name', 'the name is not known'),
  code(-0x0044, 'unreachable', 'no connection to that address and port'),
]

/** Of two numbers in one, the lower part: where memory was short, a high code carries this. */
const lowMemory = new Set([0x0010, 0x006a])

/** What a code says; a module's high code may carry a low one in its last seven bits. Undefined for one that is not known. */
export function tlsLibraryCode(number: number): TlsLibraryCode | undefined {
  const known = codes.find((entry) => entry.number === number)
  if (known !== undefined || number > -0x1000) return known
  const low = -number & 0x7f
  if (lowMemory.has(low)) return code(number, 'memory', 'no memory for a large number')
  return low === 0 ? undefined : codes.find((entry) => entry.number === number + low)
}
