/**
 * What kind of item a slot holds, by the number that `AT%CMNG` uses (CMNG-16 to CMNG-29). Numbers outside this
 * table may still turn up in a listing of a firmware that we have not met.
 */
export const credentialType = {
  rootCa: 0,
  clientCertificate: 1,
  privateKey: 2,
  psk: 3,
  pskIdentity: 4,
  publicKey: 5,
  deviceIdentityKey: 6,
  reserved: 7,
  endorsementKey: 8,
  ownershipKey: 9,
  nordicRootCa: 10,
  nordicPublicKey: 11,
} as const

/** The number of a credential type as `AT%CMNG` writes it. */
export type CredentialType = number

/** A place in the modem's credential store: a security tag and the type of the item. At most one item each (CMNG-15). */
export interface Slot {
  tag: number
  type: CredentialType
}

const names: Record<number, string> = {
  0: 'root CA',
  1: 'client certificate',
  2: 'private key',
  3: 'PSK',
  4: 'PSK identity',
  5: 'public key',
  6: 'device identity key',
  7: 'reserved',
  8: 'endorsement key',
  9: 'ownership key',
  10: 'Nordic root CA',
  11: 'Nordic public key',
}

/** The words for a type: `root CA`, `private key`; `type 12` where no source names it. */
export function typeName(type: CredentialType): string {
  return names[type] ?? `type ${type}`
}

/** A slot in words: `16842753/2 (private key)`. */
export function slotName(slot: Slot): string {
  return `${slot.tag}/${slot.type} (${typeName(slot.type)})`
}

/** A key for maps: `16842753/2`. */
export function slotKey(slot: Slot): string {
  return `${slot.tag}/${slot.type}`
}

/** Whether two slots are the same place. */
export function sameSlot(a: Slot, b: Slot): boolean {
  return a.tag === b.tag && a.type === b.type
}

/** Order by tag, then type. */
export function bySlot(a: Slot, b: Slot): number {
  return a.tag - b.tag || a.type - b.type
}
