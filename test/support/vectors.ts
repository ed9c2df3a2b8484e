import { existsSync, readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)

/** Golden data of the provisioning protocol, where it is there. */
export const provisioningVectors: string | undefined = found()

function found(): string | undefined {
  const path = process.env['SECTAG_VECTORS'] ?? new URL('../shared/vectors/provisioning.json', root).pathname
  return existsSync(path) ? path : undefined
}

/** One device of the `identity` part. */
export interface IdentityVector {
  readonly keygen_signature_covers: string
  readonly device_uuid: string
  readonly tokens: Readonly<Record<string, string>>
  /** Uncompressed points, hexadecimal. */
  readonly identity_public_key: string
  readonly candidates_from_attest_alone: readonly string[]
}

/** The devices of the file's `identity` part. */
export function identityVectors(path: string): IdentityVector[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { identity: IdentityVector[] }).identity
}
