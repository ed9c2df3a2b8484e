import type { Instant } from '../../terms/index.ts'

/** A key that was born in the modem, what was issued for it, and what shows that it was born there. */
export interface Enrolled {
  readonly fact: 'enrolled'
  readonly at: Instant
  readonly tag: number
  /** PEM, leaf first: what is written into the modem. */
  readonly chain: string
  /** SHA-256 of the leaf's DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly deviceUuid: string
  /** The device's identity key, hexadecimal, uncompressed: pinned when it was first seen. */
  readonly identityKey: string
  /** SHA-256 of the born key's SubjectPublicKeyInfo, upper-case hexadecimal. This and what follows is not in the oldest lines. */
  readonly key?: string
  /** The answers of `%KEYGEN` and `%ATTESTTOKEN`, as they came: whoever has them can check the birth without the board. */
  readonly proof?: string
  readonly attestation?: string
}

/** The identity key of a device as it was pinned when the device was met first. */
export interface Pin {
  /** Hexadecimal, uncompressed. */
  readonly identityKey: string
  readonly deviceUuid: string
  readonly at: Instant
}

/** Whether a line says all that an enrolment says; what the oldest lines do not have may be missing. */
export function isEnrolled(fact: Enrolled): boolean {
  const { at, tag, chain, fingerprint, deviceUuid, identityKey } = fact
  const texts = [chain, fingerprint, deviceUuid, identityKey, fact.key ?? '', fact.proof ?? '', fact.attestation ?? '']
  if (!texts.every((text) => typeof text === 'string')) return false
  // The span of a Date: what lies beyond it has no words.
  const numbers = Number.isSafeInteger(tag) && Number.isFinite(at) && Math.abs(at) <= 8.64e15
  return numbers && /^04[0-9a-f]{128}$/.test(identityKey)
}
