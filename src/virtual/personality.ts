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
  /** Whether the head of a `%JWT` has the digest of its key. KEY-82 (OPEN) */
  readonly jwtNamesKey: boolean
  /** Milliseconds that `%KEYGEN` takes; no source says (KEY-80). */
  readonly takes: number
}

/** A chip that a firmware line runs on. */
export interface Hardware {
  /** The revision or the chip, how it is asked for: `B0A`, `nRF9161`. */
  readonly chip: string
  /** `AT+CGMM` */
  readonly model: string
  /** `AT%HWVERSION` */
  readonly hardware: string
  /** By the number that an attestation token uses (KEY-42). */
  readonly deviceType: number
}

/** A reason for which a change of the credential memory is refused, by its number. */
export type ChangeCheck = 513 | 514 | 518 | 528

/** One firmware line as data. Switches that stand for open questions name them. */
export interface Personality extends Hardware {
  /** `1.0.0`: the version, which is how it is asked for, and what `AT%SHORTSWVER` ends in. */
  readonly name: string
  /** `AT+CGMR` */
  readonly firmware: string
  /** Other chips that it runs on (ID-28, ID-32, COMPAT-20, COMPAT-21). */
  readonly otherHardware: readonly Hardware[]
  readonly digests: 'placeholder' | 'real'
  /** Types 0 and 1 must be PEM certificates (527). OPEN-04 */
  readonly checksContent: boolean
  /** Writes are refused while the supply is low (528). */
  readonly guardsSupply: boolean
  /** Reads are refused too while the supply is low. OPEN-19 */
  readonly guardsReads: boolean
  /** Type 3 must be hexadecimal (50). OPEN-20 */
  readonly checksPsk: boolean
  /** An encrypted private key must come with a password (50). OPEN-15 */
  readonly checksPassword: boolean
  /** In which order a change is refused. OPEN-08 */
  readonly checkOrder: readonly ChangeCheck[]
  /** Writing an item that is there already. OPEN-01 */
  readonly overwrite: 'replace' | 'error519'
  /** Types whose content can be read back. OPEN-05 */
  readonly readable: readonly number[]
  /** Types from 12 on that users can write and delete. OPEN-06 */
  readonly moreTypes: readonly number[]
  readonly developerTags: boolean
  /** `%DEVICEUUID` is known. OPEN-14 */
  readonly deviceUuid: boolean
  /** `%CLAIMTOKEN` is known (ID-38). */
  readonly claimToken: boolean
  /** `%KEYGEN` and `%ATTESTTOKEN`; absent on lines that have neither (KEY-02, KEY-37). */
  readonly bornKeys?: BornKeyTraits
  /** Names the firmware build (ID-25). */
  readonly firmwareUuid: string
  readonly functionalModes: readonly number[]
  /** `AT+CFUN=?` lists mode 2 where the line has it. OPEN-21 */
  readonly listsReceiveOnly: boolean
  /** `AT+CMEE=2` is taken, and prints numbers like 1. OPEN-18 */
  readonly verboseErrors: boolean
  /** `AT+CPIN?` answers between quotes. OPEN-17 */
  readonly quotesPin: boolean
  /** Its TLS offers to go on with its last session with a server. OPEN-13 */
  readonly sessionCache: boolean
  readonly factoryEntries: readonly FactoryEntry[]
  /** Whether `%XFACTORYRESET` takes the users' credentials. OPEN-10 */
  readonly factoryResetErases: boolean
  /** Bytes of credentials that fit. OPEN-07 */
  readonly storeBytes: number
  /** Milliseconds that a write or delete takes. */
  readonly writeTakes: number
  /** How its memory writes, which is our own model. OPEN-11 */
  readonly memory: MemoryKind
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
