import { type Channel, commands } from '../at/index.ts'
import { type CredentialType, type Outcome, ok, type Refusal, refused, type Slot } from '../terms/index.ts'
import { insist } from './insist.ts'

/**
 * What a slot shows of its content: the digest that a listing prints, or that of the content which was read back (`read`);
 * a placeholder, with the refusal where reading back was tried and did not tell.
 */
export type HeldDigest = { kind: 'sha256'; hex: string; read?: true } | { kind: 'placeholder'; unread?: Refusal }

/** One item that a modem says it holds. */
export interface Held extends Slot {
  readonly digest: HeldDigest
}

/**
 * Old firmware prints the type's byte repeated in place of a digest: it shows presence and nothing else (DIG-29). A real
 * SHA-256 that looks like it cannot happen.
 */
export function heldDigest(type: CredentialType, sha: string): HeldDigest {
  const hexadecimal = sha.toUpperCase()
  const placeholder = type.toString(16).toUpperCase().padStart(2, '0').repeat(32)
  return hexadecimal === placeholder ? { kind: 'placeholder' } : { kind: 'sha256', hex: hexadecimal }
}

/** How often a listing is taken until two in a row agree. */
const mostLooks = 5

/**
 * What a modem holds, or what one tag or slot of it holds. Changes nothing: not the functional mode, not even `+CMEE`;
 * allowed in every mode (CMNG-54). A listing with one spoiled line is refused whole; and because a line that is lost on
 * its way leaves no trace, a listing is believed only when two in a row are the same.
 */
export async function list(channel: Channel, only: { tag?: number; type?: number } = {}): Promise<Outcome<Held[]>> {
  let before: string | undefined
  for (let look = 0; look < mostLooks; look++) {
    const listing = await insist(() => channel.send(commands.cmngList, only))
    if (!listing.ok) return listing
    const now = JSON.stringify(listing.value)
    if (now === before) {
      return ok(listing.value.map(({ tag, type, sha }) => ({ tag, type, digest: heldDigest(type, sha) })))
    }
    before = now
  }
  return refused({ kind: 'garbled', text: '', why: 'no two listings in a row were the same' })
}
