import { type Bytes, fromUtf8, type Instant, type Outcome, ok, refused, utf8 } from '../terms/index.ts'
import { fromBase64url } from './base64url.ts'
import { signedForm } from './candidate-keys.ts'
import { longestToken, no, type Signed, type TokenProblem } from './token.ts'

/** What `%JWT` says (KEY-52). Nothing of it is checked yet. */
export interface DeviceJwt extends Signed {
  /** `nRF9151`: what stands before the device's UUID. */
  readonly chip: string
  /** Another one in each token. */
  readonly id: string
  /** What the head says of the key; modems need not say it (KEY-82). */
  readonly keyDigest?: string
  readonly subject?: string
  readonly audience?: string
  readonly issuedAt?: Instant
  readonly expiresAt?: Instant
}

/** What is asked of a token. */
export interface JwtExpectation {
  /** The uncompressed point of the key that must have signed it, 65 octets. */
  readonly key: Bytes
  readonly deviceUuid?: string
  /** Without it times are not looked at. */
  readonly now?: Instant
  /** Milliseconds that clocks may differ; default a minute. */
  readonly skew?: number
}

/** Why a token is not believed. */
export interface JwtProblem {
  readonly code: 'wrong-device' | 'wrong-signature' | 'expired' | 'not-yet'
  readonly text: string
}

const usualSkew = 60_000

/** Reads the answer of `%JWT`, without its quotes: ES256, times in seconds or none at all. */
export function readJwt(text: string): Outcome<DeviceJwt, TokenProblem> {
  if (text.length > longestToken) return no('too-long', `it has ${text.length} characters`)
  const parts = text.split('.')
  const [head, body, signature] = parts.map(fromBase64url)
  if (parts.length !== 3 || head === undefined || body === undefined || signature?.length !== 64)
    return no('not-a-token', 'it is not three parts of base64url, the last of them a signature')
  const [says, claims] = [objectOf(head), objectOf(body)]
  if (says === undefined || claims === undefined || says['alg'] !== 'ES256')
    return no('not-jwt', 'it is no JSON web token with ES256')
  const content = contentOf(says, claims)
  if (content === undefined) return no('not-this-message', 'its claims are not those of a modem')
  const signed = utf8(parts.slice(0, 2).join('.'))
  return ok({ ...content, forms: [{ covers: 'payload', octets: signed }], signature })
}

function objectOf(octets: Bytes): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(octets))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function contentOf(
  head: Record<string, unknown>,
  { iss, jti, sub, aud, iat, exp }: Record<string, unknown>,
): Omit<DeviceJwt, 'forms' | 'signature'> | undefined {
  // The UUID stands behind the first point: names of chips differ.
  const [, chip, deviceUuid] = /^([^.]*)\.([0-9a-f-]{36})$/.exec(typeof iss === 'string' ? iss : '') ?? []
  if (chip === undefined || deviceUuid === undefined || typeof jti !== 'string') return undefined
  const times = [iat, exp].map((seconds) => (typeof seconds === 'number' ? seconds * 1000 : undefined))
  const [issuedAt, expiresAt] = times
  return {
    chip,
    deviceUuid,
    id: jti,
    ...(typeof head['kid'] === 'string' && { keyDigest: head['kid'] }),
    ...(typeof sub === 'string' && { subject: sub }),
    ...(typeof aud === 'string' && { audience: aud }),
    ...(issuedAt !== undefined && { issuedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

/** Whether this device has made this token with this key, and it is the time for it. */
export async function checkJwt(token: DeviceJwt, expected: JwtExpectation): Promise<Outcome<DeviceJwt, JwtProblem>> {
  const { deviceUuid, key, now, skew = usualSkew } = expected
  if (deviceUuid !== undefined && token.deviceUuid !== deviceUuid.toLowerCase())
    return refused({ code: 'wrong-device', text: `it is of device ${token.deviceUuid}, not of ${deviceUuid}` })
  if ((await signedForm(token, key)) === undefined)
    return refused({ code: 'wrong-signature', text: 'it is not signed by the key that was expected' })
  if (now !== undefined && (token.expiresAt ?? now) + skew < now)
    return refused({ code: 'expired', text: 'it has expired' })
  if (now !== undefined && (token.issuedAt ?? now) - skew > now)
    return refused({ code: 'not-yet', text: 'it was made in the future' })
  return ok(token)
}
