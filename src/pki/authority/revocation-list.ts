import { type Bytes, concatBytes } from '../../terms/index.ts'
import { der, derTag } from '../der.ts'
import { derInteger, derTime } from '../der-values.ts'
import { issuingDistributionPoint } from '../distribution-point.ts'
import { derExtension } from '../extension.ts'
import { oids } from '../oids.ts'
import { armour } from '../pem.ts'
import { signed, signingWith } from '../signed.ts'
import { type CrlOrder, type RevocationReason, type Revoked, revocationReasons } from './authority.ts'
import type { Signer } from './certificate-maker.ts'
import { crlDays } from './profiles.ts'

const day = 86_400_000

/**
 * A version 2 CRL as PEM. Written by hand, because the X.509 library takes seconds for ten thousand entries, cannot read
 * them back, and writes a label that no broker knows.
 *
 * @param url where it will be found: what certificates of this authority name; empty where they name nothing
 */
export async function revocationList(order: CrlOrder, signer: Signer, url: string): Promise<string> {
  const entries = order.revoked.map(entry)
  // RFC 5280, 5.2.5. EMQX asks for it, and OpenSSL looks for the same address in the certificate.
  const scope = derExtension(issuingDistributionPoint(url))
  // RFC 5280, 5.1.2: version, signature, issuer, thisUpdate, nextUpdate, entries (absent where there are none), extensions.
  const body = der(
    derTag.sequence,
    derInteger(1),
    signingWith(signer.key).identifier,
    signer.name,
    derTime(order.now),
    derTime(order.now + (order.days ?? crlDays) * day),
    ...(entries.length === 0 ? [] : [der(derTag.sequence, concatBytes(entries))]),
    der(0xa0, der(derTag.sequence, keyIdentifier(signer.keyId), crlNumber(order.number), scope)),
  )
  return armour({ label: 'X509 CRL', der: await signed(body, signer.key) })
}

function entry({ serial, at, reason }: Revoked): Bytes {
  const extensions = reason === undefined ? [] : [der(derTag.sequence, reasonCode(reason))]
  return der(derTag.sequence, derInteger(serial), derTime(at), ...extensions)
}

/** RFC 5280, 5.3.1 */
function reasonCode(reason: RevocationReason): Bytes {
  return extension(oids.reasonCode, der(derTag.enumerated, Uint8Array.of(revocationReasons[reason])))
}

/** RFC 5280, 5.2.1: which key of the issuer signed it. */
function keyIdentifier(keyId: Bytes): Bytes {
  return extension(oids.authorityKeyIdentifier, der(derTag.sequence, der(0x80, keyId)))
}

/** RFC 5280, 5.2.3 */
function crlNumber(number: number): Bytes {
  return extension(oids.crlNumber, derInteger(number))
}

function extension(oid: string, value: Bytes): Bytes {
  return derExtension({ oid, critical: false, value })
}
