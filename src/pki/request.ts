import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import { brokenDer, der, derChildren, derTag, readWhole } from './der.ts'
import { derInteger } from './der-values.ts'
import type { KeyPair } from './key-pair.ts'
import { commonName, commonNameIn } from './name.ts'
import { type PublicKeyKind, publicKeyKind } from './public-key.ts'
import { readSigned, type Signed, signed, verifySigned } from './signed.ts'

/** A certificate signing request, PKCS#10 (RFC 2986), as far as an authority looks at it. Its extensions are not honoured. */
export interface CertificateRequest {
  /** The first common name of its subject. */
  readonly commonName: string | undefined
  /** DER of its SubjectPublicKeyInfo. */
  readonly spki: Bytes
  readonly key: PublicKeyKind
  readonly signed: Signed
}

/** Bytes that are no request. */
export interface RequestProblem {
  readonly code: 'no-request'
  readonly text: string
}

/** Reads a request from DER; its signature is not verified yet. */
export function readRequest(bytes: Bytes): Outcome<CertificateRequest, RequestProblem> {
  try {
    const read = readSigned(bytes)
    // RFC 2986, 4.1: version, subject, public key, attributes.
    const info = readWhole(read.body, derTag.sequence).value
    const [version, subject, key] = derChildren(info)
    if (version === undefined || subject === undefined || key === undefined) throw brokenDer('a part is missing')
    const spki = info.slice(subject.end, key.end)
    const name = commonNameIn(info.slice(version.end, subject.end))
    return ok({ commonName: name, spki, key: publicKeyKind(spki), signed: read })
  } catch {
    return refused({ code: 'no-request', text: 'this is no PKCS#10 certificate signing request' })
  }
}

/** Whether whoever made the request holds its private key (RFC 2986, 4.2, note 2): verified over the octets as they came. */
export function verifyRequest(request: CertificateRequest): Promise<boolean> {
  return verifySigned(request.signed, request.spki)
}

/** A request for a key of our own, as DER: subject of one common name, no attributes. */
export function makeRequest(pair: KeyPair, subject: string): Promise<Bytes> {
  const info = der(derTag.sequence, derInteger(0), commonName(subject), pair.spki, der(0xa0))
  return signed(info, pair.privateKey)
}
