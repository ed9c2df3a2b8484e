import { type Attestation, readAttestation } from './attestation.ts'
import { type KeyProof, readKeyProof } from './key-proof.ts'
import { longestToken } from './token.ts'

/** What modems have signed with their identity keys, as it was found in a text, each once. Nothing of it is checked yet. */
export interface FoundTokens {
  readonly proofs: readonly KeyProof[]
  readonly attestations: readonly Attestation[]
}

/**
 * Finds the tokens in a text, whatever stands around them: AT dialogues, what tools print, CSV files of attestation
 * tokens, lines of JSON. A JWT is none of them: it does not say whether the identity key has signed it (KEY-47). The time
 * is linear in the length of the text.
 */
export function findTokens(text: string): FoundTokens {
  const words = [...new Set(text.split(/[^A-Za-z0-9_.-]+/))]
  const tokens = words.filter((word) => word.length <= longestToken && word.split('.').length === 2)
  return {
    proofs: tokens.flatMap((token) => valueOf(readKeyProof(token))),
    attestations: tokens.flatMap((token) => valueOf(readAttestation(token))),
  }
}

function valueOf<T>(outcome: { ok: true; value: T } | { ok: false }): T[] {
  return outcome.ok ? [outcome.value] : []
}
