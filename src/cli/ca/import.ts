import type { Ending } from '../output.ts'
import { wrong } from './endings.ts'
import { importAuthority } from './import-authority.ts'
import { importCertificates } from './import-certificates.ts'
import { importCrl } from './import-crl.ts'
import type { CaAction, CaOptions } from './action.ts'
import type { World } from './world.ts'

/** `sectag ca import`: takes over what was made elsewhere. One thing at a time: a CA, certificates, or a CRL. */
export const importAction: CaAction = {
  name: 'import',
  explained: 'takes over a CA from elsewhere (--root-cert, --issuing-cert), what it --issued there, or its last --crl',
  options: [
    'rootCert',
    'rootKey',
    'issuingCert',
    'issuingKey',
    'keyPassphraseFile',
    'name',
    'crlUrl',
    'issued',
    'keepKey',
    'crl',
    'passphraseFile',
  ],
  run: importAny,
}

async function importAny(world: World, options: CaOptions): Promise<Ending> {
  const { rootCert, issuingCert, issued, crl } = options
  const aims = [rootCert ?? issuingCert, issued, crl].filter((aim) => aim !== undefined)
  if (aims.length !== 1)
    return wrong(
      aims.length === 0 ? 'nothing was named to import' : 'several things were named to import',
      'a CA (--root-cert, --issuing-cert), certificates (--issued) or a CRL (--crl): one at a time',
      'sectag ca --help',
    )
  if (issued !== undefined) return importCertificates(world, options, issued)
  if (crl !== undefined) return importCrl(world, options, crl)
  return importAuthority(world, options)
}
