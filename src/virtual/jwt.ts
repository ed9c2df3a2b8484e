import { sha256Hex } from '../pki/index.ts'
import { type Instant, utf8 } from '../terms/index.ts'
import { type DeviceKey, signWith } from './device-key.ts'
import { base64url } from './token.ts'

/** What a token says (KEY-52). Texts that are empty are left out. */
export interface JwtClaims {
  readonly issuer: string
  readonly id: string
  readonly subject?: string | undefined
  readonly audience?: string | undefined
  /** Absent where the token has no times (KEY-50). */
  readonly times?: { readonly at: Instant; readonly lifetime: number } | undefined
}

/** A JSON web token (RFC 7519) with ES256 (RFC 7518, 3.4). `named`: its head has the digest of the key (KEY-82). */
export function signedJwt(claims: JwtClaims, key: DeviceKey, named: boolean): string {
  const head = { typ: 'JWT', alg: 'ES256', ...(named && { kid: sha256Hex(key.spki).toLowerCase() }) }
  const signed = [head, body(claims)].map((part) => base64url(utf8(JSON.stringify(part)))).join('.')
  return `${signed}.${base64url(signWith(key, utf8(signed)))}`
}

function body({ issuer, id, subject, audience, times }: JwtClaims): Record<string, string | number> {
  const seconds = times === undefined ? 0 : Math.floor(times.at / 1000)
  return {
    iss: issuer,
    jti: id,
    ...(subject !== undefined && subject !== '' && { sub: subject }),
    ...(audience !== undefined && audience !== '' && { aud: audience }),
    ...(times !== undefined && { iat: seconds, exp: seconds + times.lifetime }),
  }
}
