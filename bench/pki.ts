import { loadavg } from 'node:os'
import { benchAuthority } from './pki/bench-authority.ts'
import { certificates } from './pki/certificates.ts'
import { proofs } from './pki/proofs.ts'
import { revocationLists } from './pki/revocation-lists.ts'
import type { Figure } from './run.ts'

/** Certificates, CRLs and proofs, side by side with the bare library and with openssl in a loop, in one run. */
export async function measure(): Promise<Figure[]> {
  const [load = 0] = loadavg()
  const ca = await benchAuthority()
  try {
    const busy = { what: 'processes that waited for a core, before the bench began', value: load, unit: '' }
    return [...(await certificates(ca)), ...(await revocationLists(ca)), ...(await proofs(ca)), busy]
  } finally {
    ca.clear()
  }
}
