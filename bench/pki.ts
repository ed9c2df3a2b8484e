import { benchAuthority } from './pki/bench-authority.ts'
import { certificates } from './pki/certificates.ts'
import { proofs } from './pki/proofs.ts'
import { revocationLists } from './pki/revocation-lists.ts'
import type { Figure } from './run.ts'

/** Certificates, CRLs and proofs, side by side with the bare library and with openssl in a loop, in one run. */
export async function measure(): Promise<Figure[]> {
  const ca = await benchAuthority()
  try {
    return [...(await certificates(ca)), ...(await revocationLists(ca)), ...(await proofs(ca))]
  } finally {
    ca.clear()
  }
}
