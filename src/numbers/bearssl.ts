import type { Sourced } from './source.ts'

/** What a number of BearSSL is about, as far as a diagnosis goes. */
export type BearSslMeans =
  | 'untrusted'
  | 'name'
  | 'no-clock'
  | 'validity'
  | 'version'
  | 'suite'
  | 'signature'
  | 'certificate'
  | 'plain'

/** A number of BearSSL, as Tasmota and the ESP8266 core print it (ERR-117). */
export interface BearSslCode extends Sourced {
  readonly number: number
  readonly means: BearSslMeans
  readonly words: string
}

const code = (number: number, means: BearSslMeans, words: string, header: 'ssl' | 'x509'): BearSslCode => ({
  number,
  means,
  words,
  source: `BearSSL, inc/bearssl_${header}.h`,
  facts: ['ERR-117'],
})

/** Those that tell something of certificates, names, clocks or versions. */
export const bearSslCodes: readonly BearSslCode[] = [
  code(3, 'version', 'a version of TLS that it does not speak', 'ssl'),
  code(4, 'plain', 'a record whose version is none of TLS', 'ssl'),
  code(9, 'plain', 'a record of a type that TLS does not have', 'ssl'),
  code(16, 'suite', 'a cipher suite that was not offered', 'ssl'),
  code(26, 'suite', 'an algorithm that was not offered', 'ssl'),
  code(27, 'signature', 'a signature of the handshake is wrong', 'ssl'),
  code(34, 'certificate', 'a certificate that is cut', 'x509'),
  code(35, 'certificate', 'a chain without a certificate', 'x509'),
  code(49, 'certificate', 'an element that it does not support', 'x509'),
  code(52, 'untrusted', 'the signature of a certificate is wrong', 'x509'),
  code(53, 'no-clock', 'it does not know the time', 'x509'),
  code(54, 'validity', 'a certificate is expired, or not yet valid', 'x509'),
  code(55, 'certificate', 'a certificate of the chain is not the issuer of the one before it', 'x509'),
  code(56, 'name', 'the name is not in the certificate', 'x509'),
  code(58, 'untrusted', 'a certificate that issued another one is no CA', 'x509'),
  code(60, 'certificate', 'a public key that is too weak', 'x509'),
  code(62, 'untrusted', 'the chain ends at no trusted CA', 'x509'),
]

/** Above this, a number carries an alert that came from the other side; above twice this, one that was sent. */
export const bearSslAlert = 256
