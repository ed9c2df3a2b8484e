import type { Bytes } from '../terms/index.ts'
import { candidateKeys, commonKey, signedForm } from './candidate-keys.ts'
import type { Signed } from './token.ts'

/** How far the identity key of a device is known, and what it says of the tokens that were looked at. */
export type Identified =
  /** It was known beforehand: whether it has signed all of them. */
  | { readonly by: 'known'; readonly key: Bytes; readonly signedAll: boolean }
  /** Two signatures leave one key: they are of one device, and nothing says of which. */
  | { readonly by: 'two-signatures'; readonly key: Bytes }
  /** One signature leaves several keys. */
  | { readonly by: 'one-signature'; readonly candidates: number }
  /** No key can have signed all of them. */
  | { readonly by: 'none' }

/** Who signed these tokens, which all name one device: the key that is known, or what their signatures leave. */
export async function identify(signed: readonly Signed[], known?: Bytes): Promise<Identified> {
  if (known === undefined) return recovered(signed)
  const each = await Promise.all(signed.map((one) => isSignedBy(one, known)))
  return { by: 'known', key: known, signedAll: each.every((holds) => holds) }
}

/** What the signatures leave by themselves: nobody has to know a key for it. */
export function recovered(signed: readonly Signed[]): Exclude<Identified, { by: 'known' }> {
  const [first, ...others] = signed.filter((one, at) => signed.findIndex((other) => isTwin(one, other)) === at)
  if (first === undefined) return { by: 'none' }
  if (others.length === 0) {
    const candidates = candidateKeys(first).length
    return candidates === 0 ? { by: 'none' } : { by: 'one-signature', candidates }
  }
  const key = commonKey([first, ...others])
  return key === undefined ? { by: 'none' } : { by: 'two-signatures', key }
}

/** Whether this key has signed a token in any of the ways that are known. */
export async function isSignedBy(signed: Signed, key: Bytes): Promise<boolean> {
  return (await signedForm(signed, key)) !== undefined
}

/**
 * Whether two tokens carry one signature: r is the same. With s also n - s is valid for the same octets (KEY-88), so
 * that anybody can write a second text of a signature; it tells nothing that the first did not.
 */
function isTwin(one: Signed, other: Signed): boolean {
  return one.signature.slice(0, 32).every((octet, at) => other.signature[at] === octet)
}
