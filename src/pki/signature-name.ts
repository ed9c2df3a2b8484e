import { oids } from './oids.ts'

/** How something was signed, for people, and whether its hash is one that must not be trusted any more (RFC 9155). */
export interface SignatureName {
  /** `ECDSA with SHA-256`; the OID where it is in no table of ours. */
  readonly name: string
  readonly broken: boolean
}

const names: Readonly<Record<string, string>> = {
  [oids.ecdsaWithSha256]: 'ECDSA with SHA-256',
  [oids.ecdsaWithSha384]: 'ECDSA with SHA-384',
  [oids.ecdsaWithSha512]: 'ECDSA with SHA-512',
  [oids.sha256WithRsa]: 'RSA with SHA-256',
  [oids.sha384WithRsa]: 'RSA with SHA-384',
  [oids.sha512WithRsa]: 'RSA with SHA-512',
  [oids.rsaPss]: 'RSA-PSS',
  [oids.ed25519]: 'Ed25519',
}
const brokenNames: Readonly<Record<string, string>> = {
  [oids.ecdsaWithSha1]: 'ECDSA with SHA-1',
  [oids.sha1WithRsa]: 'RSA with SHA-1',
  [oids.md5WithRsa]: 'RSA with MD5',
}

/** The name of a signature algorithm, from its OID. */
export function signatureName(oid: string): SignatureName {
  const broken = brokenNames[oid]
  return { name: broken ?? names[oid] ?? oid, broken: broken !== undefined }
}
