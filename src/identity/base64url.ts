import { type Bytes, bytesOf } from '../terms/index.ts'

/**
 * The bytes of base64url without padding (RFC 4648, 5), as modems print it (KEY-08); undefined for any other text, also
 * where its last character has bits that belong to no byte: one meaning has one text.
 */
export function fromBase64url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined
  const bytes = bytesOf(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
  return toBase64url(bytes) === text ? bytes : undefined
}

/** Base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
