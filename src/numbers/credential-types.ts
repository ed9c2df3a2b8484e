import type { CredentialType } from '../terms/index.ts'

/** What may be done with items of a type over `AT%CMNG` (CMNG-16 to CMNG-29). */
export interface TypeRules {
  readonly type: CredentialType
  readonly writable: boolean
  readonly deletable: boolean
  readonly readable: boolean
  /** Its content must never be seen. */
  readonly secret: boolean
}

const rules: readonly TypeRules[] = [
  { type: 0, writable: true, deletable: true, readable: true, secret: false },
  { type: 1, writable: true, deletable: true, readable: false, secret: false },
  { type: 2, writable: true, deletable: true, readable: false, secret: true },
  { type: 3, writable: true, deletable: true, readable: false, secret: true },
  { type: 4, writable: true, deletable: true, readable: true, secret: false },
  { type: 5, writable: false, deletable: true, readable: false, secret: false },
]

/** The rules of a type; types that users cannot touch, and types that nobody has described, allow nothing. */
export function typeRules(type: CredentialType): TypeRules {
  return (
    rules.find((rule) => rule.type === type) ?? {
      type,
      writable: false,
      deletable: false,
      readable: false,
      secret: false,
    }
  )
}
