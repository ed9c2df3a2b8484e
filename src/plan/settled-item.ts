import type { Certificate, Digest } from '../pki/index.ts'
import type { Secret, Slot } from '../terms/index.ts'

/** The content for a slot, in the form in which it is written. It will not print, whatever it is. */
export interface Material {
  readonly slot: Slot
  readonly content: Secret
  readonly bytes: number
  readonly certificates: readonly Certificate[]
  readonly origin: string
}

/** A material with the digests of its forms. */
export interface SettledItem {
  readonly material: Material
  readonly variants: readonly Digest[]
}
