import { type Bytes, hex, type Outcome, ok, refused } from '../terms/index.ts'
import { fromBase64url } from './base64url.ts'
import { type CoseSign1, readCose } from './cose.ts'

/** Why a text is no token of a modem. */
export interface TokenProblem {
  readonly code: 'too-long' | 'not-a-token' | 'not-cose' | 'not-jwt' | 'not-this-message'
  readonly text: string
}

/** Which octets a signature covers: modems sign in different ways (KEY-34 to KEY-36). */
export interface SignedForm {
  readonly covers: 'payload' | 'payload and body' | 'body'
  /** What goes into SHA-256. */
  readonly octets: Bytes
}

/** What everything signed by a modem has: who says it, and the signature. */
export interface Signed {
  /** In the form `50363154-3931-44f0-8022-121b6401627d`. */
  readonly deviceUuid: string
  readonly forms: readonly SignedForm[]
  /** r and s, 64 octets. */
  readonly signature: Bytes
}

/** A token in COSE. */
export interface SignedToken extends Signed {
  /** The number of the key that signed; -2 is the identity key (KEY-27). */
  readonly kid: number
}

/** The longest answer that a modem's own library reads is 4,096 characters (KEY-75); nothing longer is looked at. */
export const longestToken = 4096

/** The head of the messages inside tokens: CBOR tag 55799 (KEY-28, KEY-41). */
export const messageHead: readonly number[] = [0xd9, 0xd9, 0xf7]

/** Takes `<base64url>.<base64url>` apart: a body, and the COSE_Sign1 that vouches for it. */
export function readToken(text: string): Outcome<{ body: Bytes; cose: CoseSign1 }, TokenProblem> {
  if (text.length > longestToken)
    return no('too-long', `it has ${text.length} characters; no modem prints more than ${longestToken}`)
  const halves = text.split('.').map(fromBase64url)
  const [body, envelope] = halves
  if (halves.length !== 2 || body === undefined || envelope === undefined || body.length === 0)
    return no('not-a-token', 'it is not two halves of base64url without padding and a point between them')
  const cose = readCose(envelope)
  return cose === undefined ? no('not-cose', 'its second half is no COSE_Sign1 with ES256') : ok({ body, cose })
}

/** A refused token. */
export function no(code: TokenProblem['code'], text: string): { ok: false; refusal: TokenProblem } {
  return refused({ code, text })
}

/** Sixteen octets in the form of a UUID, lower case (RFC 9562, 4). */
export function uuidText(octets: Bytes): string {
  return hex(octets).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
