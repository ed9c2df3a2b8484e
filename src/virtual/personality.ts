import type { Bytes } from '../terms/index.ts'
import type { MemoryKind } from './memory/model.ts'

/** An item that leaves the factory inside the modem; no command can delete it (CMNG-90, CMNG-94). */
export interface FactoryEntry {
  readonly tag: number
  readonly type: number
  /** Its digest where it is known, and the word `device` where each modem has its own. */
  readonly digest: string
}

/** How a line makes keys inside itself, and signs what it says of itself. */
export interface BornKeyTraits {
  /** A request's signature algorithm carries a NULL that has no place there (KEY-16, KEY-18). */
  readonly nullParameter: boolean
  /** What the identity key signs of a `%KEYGEN` answer. OPEN-22 */
  readonly signs: 'payload' | 'payload and body'
  /** Writing a type 2 with `%CMNG` over a key that was born. OPEN-02 */
  readonly overwrite: 'replace' | 'error519'
  /** Milliseconds that `%KEYGEN` takes; no source says (KEY-80). */
  readonly takes: number
}

/** One firmware line as data. Switches that stand for open questions name them. */
export interface Personality {
  /** `1.0.0`: how it is asked for. */
  readonly name: string
  /** `AT+CGMR` */
  readonly firmware: string
  /** `AT+CGMM` */
  readonly model: string
  /** `AT%HWVERSION` */
  readonly hardware: string
  readonly digests: 'placeholder' | 'real'
  /** Types 0 and 1 must be PEM certificates (527). OPEN-04 */
  readonly checksContent: boolean
  /** Writes are refused while the supply is low (528). */
  readonly guardsSupply: boolean
  /** Writing an item that is there already. OPEN-01 */
  readonly overwrite: 'replace' | 'error519'
  /** Types whose content can be read back. OPEN-05 */
  readonly readable: readonly number[]
  readonly developerTags: boolean
  readonly deviceUuid: boolean
  /** `%KEYGEN` and `%ATTESTTOKEN`; absent on lines that have neither (KEY-02, KEY-37). */
  readonly bornKeys?: BornKeyTraits
  /** The chip, by the number that an attestation token uses (KEY-42). */
  readonly deviceType: number
  /** Names the firmware build (ID-25). */
  readonly firmwareUuid: string
  readonly functionalModes: readonly number[]
  readonly factoryEntries: readonly FactoryEntry[]
  /** Bytes of credentials that fit. OPEN-07 */
  readonly storeBytes: number
  /** Milliseconds that a write or delete takes. */
  readonly writeTakes: number
  /** How its memory writes, which is our own model; without it, by its digests. OPEN-11 */
  readonly memory?: MemoryKind
}

/** A digest that shows presence only: the type's byte, 32 times (DIG-16). */
export function placeholderDigest(type: number): string {
  return type.toString(16).toUpperCase().padStart(2, '0').repeat(32)
}

/** An item of the credential store as bytes in memory. */
export interface StoredItem {
  readonly tag: number
  readonly type: number
  readonly content: Bytes
  /** `born`: made by `%KEYGEN`. It is listed and can be deleted, and never leaves. */
  readonly origin: 'written' | 'born' | 'factory'
}
