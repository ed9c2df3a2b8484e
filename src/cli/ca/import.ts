import type { Ending } from '../output.ts'
import { wrong } from './endings.ts'
import { importAuthority } from './import-authority.ts'
import { importCertificates } from './import-certificates.ts'
import { importCrl } from './import-crl.ts'
import type { ImportOptions } from './import-options.ts'
import type { World } from './world.ts'

/** `sectag ca import`: takes over what was made elsewhere. One thing at a time: a CA, certificates, or a CRL. */
export async function importAction(world: World, options: ImportOptions): Promise<Ending> {
  const { rootCert, issuingCert, cert, crl } = options
  const aims = [rootCert ?? issuingCert, cert, crl].filter((aim) => aim !== undefined)
  if (aims.length !== 1)
    return wrong(
      aims.length === 0 ? 'nothing was named to import' : 'several things were named to import',
      'a CA (--root-cert, --issuing-cert), certificates (--cert) or a CRL (--crl): one at a time',
      'sectag ca --help',
    )
  if (cert !== undefined) return importCertificates(world, options, cert)
  if (crl !== undefined) return importCrl(world, options, crl)
  return importAuthority(world, options)
}
