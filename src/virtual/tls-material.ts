import { armour, parsePem, readPrivateKey } from '../pki/index.ts'
import { type Bytes, byteText, credentialType, utf8 } from '../terms/index.ts'
import type { CredentialStore } from './store.ts'

/** What a modem's TLS uses: PEM texts as they are stored, the private key as PKCS#8. */
export interface TlsMaterial {
  /** Every root CA text of the tags, in their order (CMNG-89). */
  readonly roots: readonly Bytes[]
  /** The first client certificate text, leaf first. */
  readonly chain?: Bytes
  /** The first private key; as it is stored where it is none that can be read. */
  readonly key?: Bytes
}

/** The credentials of a socket that names these tags, as a modem collects them (CMNG-85, CMNG-86, CMNG-89). */
export function tlsMaterial(store: CredentialStore, tags: readonly number[]): TlsMaterial {
  const texts = (type: number): Bytes[] => tags.flatMap((tag) => store.get({ tag, type })?.content ?? [])
  const [chain] = texts(credentialType.clientCertificate)
  const [key] = texts(credentialType.privateKey)
  return {
    roots: texts(credentialType.rootCa),
    ...(chain !== undefined && { chain }),
    ...(key !== undefined && { key: asPkcs8(key) }),
  }
}

/** A key without line feeds is stored, and of no use (PEM-06): it is handed on as it is, and not mended. */
function asPkcs8(stored: Bytes): Bytes {
  const text = byteText(stored)
  const read = readPrivateKey(text.includes('\n') ? parsePem(text).blocks : [])
  return 'pkcs8' in read ? utf8(armour({ label: 'PRIVATE KEY', der: read.pkcs8 })) : stored
}
