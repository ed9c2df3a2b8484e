import type { CredentialType } from '../terms/index.ts'

/** What may be done with items of a type over `AT%CMNG`. */
export interface TypeRules {
  readonly type: CredentialType
  readonly writable: boolean
  readonly deletable: boolean
  readonly readable: boolean
  /** Its content must never be seen. */
  readonly secret: boolean
  readonly facts: readonly string[]
}

/** The types that users know; what is behind them nobody may touch (CMNG-22 to CMNG-29). */
export const typeTable: readonly TypeRules[] = [
  { type: 0, writable: true, deletable: true, readable: true, secret: false, facts: ['CMNG-16'] },
  { type: 1, writable: true, deletable: true, readable: false, secret: false, facts: ['CMNG-17', 'CMNG-31'] },
  { type: 2, writable: true, deletable: true, readable: false, secret: true, facts: ['CMNG-18', 'CMNG-32'] },
  { type: 3, writable: true, deletable: true, readable: false, secret: true, facts: ['CMNG-19', 'CMNG-33'] },
  { type: 4, writable: true, deletable: true, readable: true, secret: false, facts: ['CMNG-20'] },
  { type: 5, writable: false, deletable: true, readable: false, secret: false, facts: ['CMNG-21'] },
]

/** The rules of a type; types that users cannot touch, and types that nobody has described, allow nothing. */
export function typeRules(type: CredentialType): TypeRules {
  return (
    typeTable.find((rule) => rule.type === type) ?? {
      type,
      writable: false,
      deletable: false,
      readable: false,
      secret: false,
      facts: [],
    }
  )
}
