import type { Instant, Random } from '../../terms/index.ts'
import type { Certificate } from '../certificate.ts'
import { newKeyPair } from '../key-pair.ts'
import { commonName } from '../name.ts'
import type { PrivateKey } from '../private-key.ts'
import { keyIdentifier, makeCertificate, signerOf } from './certificate-maker.ts'
import { checkResult } from './check-result.ts'
import { defaultCrlUrl, newSerial } from './found.ts'
import { headStart, profiles } from './profiles.ts'

const day = 86_400_000

/** An order for an issuing CA under a root that is there already. */
export interface IssuingOrder {
  /** `line`: it certifies devices only. */
  readonly profile: 'issuing' | 'line'
  /** Its common name. */
  readonly name: string
  readonly root: Certificate
  readonly rootKey: PrivateKey
  readonly now: Instant
  readonly random: Random
  readonly days?: number
  readonly signsUntil?: Instant
}

/** An issuing CA that was just made, and the address that its CRL will have. */
export interface NewIssuing {
  readonly certificate: Certificate
  readonly key: PrivateKey
  readonly crlUrl: string
}

/** Makes an issuing CA with a new P-256 key: shape, sign, check the result. It never outlives its root. */
export async function issuingUnder(order: IssuingOrder): Promise<NewIssuing> {
  const { name, root, rootKey, random } = order
  const profile = profiles[order.profile]
  const now = Math.floor(order.now / 1000) * 1000
  const pair = await newKeyPair()
  const shape = {
    profile,
    subject: commonName(name),
    names: [],
    spki: pair.spki,
    serial: newSerial(random),
    notBefore: Math.max(now - headStart, root.notBefore),
    notAfter: Math.min(now + (order.days ?? profile.days) * day, root.notAfter),
    crlUrl: '',
    ...(order.signsUntil !== undefined && { signsUntil: order.signsUntil }),
  }
  const made = await makeCertificate(shape, await signerOf(root, rootKey))
  const crlUrl = defaultCrlUrl(await keyIdentifier(pair.spki))
  return { certificate: await checkResult(made, shape, root), key: pair.privateKey, crlUrl }
}
