import { sha256 } from '@noble/hashes/sha2.js'
import { hex } from '../terms/index.ts'

/** SHA-256 in upper-case hexadecimal, as `AT%CMNG=1` prints it (DIG-01). */
export function sha256Hex(bytes: Uint8Array): string {
  return hex(sha256(bytes)).toUpperCase()
}
