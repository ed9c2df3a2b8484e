import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyFits, readPrivateKey, parsePem } from '../../src/pki/index.ts'
import { fromUtf8 } from '../../src/terms/index.ts'
import { folderWith, testAuthority } from '../support/authority.ts'
import { device } from '../support/device.ts'
import { findProgram, needs, output } from '../support/outside.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)

const cases = ['1.3.5', '2.0.2'].flatMap((mfw) => [true, false].map((quirk) => [mfw, quirk] as const))

test.each(cases)(
  'mfw %s, NULL %s: our authority signs what the modem asks for, and the modem takes and uses it (KEY-16, KEY-24)',
  async (mfw, nullParameter) => {
    const { authority, issue } = await testAuthority()
    const { modem, proof } = device({ nullParameter }, 0, mfw)
    const issued = await issue({ profile: 'device', request: proof('AT%KEYGEN=42,2,0').der })
    expect(issued.certificate.subject).toBe(`CN=${modem.identity.uuid}`)
    expect(modem.execute(`AT%CMNG=0,42,0,"${authority.rootPem}"`).text).toBe('OK\r\n')
    expect(modem.execute(`AT%CMNG=0,42,1,"${issued.chain}"`).text).toBe('OK\r\n')
    const material = modem.tlsMaterial([42])
    expect(fromUtf8(material.chain ?? new Uint8Array())).toBe(issued.chain)
    const key = readPrivateKey(parsePem(fromUtf8(material.key ?? new Uint8Array())).blocks)
    expect('pkcs8' in key && (await keyFits(key, issued.certificate))).toBe(true)
    const [leaf, root] = [new X509Certificate(issued.pem), new X509Certificate(authority.rootPem)]
    const issuing = new X509Certificate(authority.issuingPem)
    expect(leaf.verify(issuing.publicKey) && issuing.verify(root.publicKey)).toBe(true)
  },
)

withOpenssl('openssl verify -x509_strict accepts what was issued for a born key, as a client', async () => {
  const { authority, issue } = await testAuthority()
  const issued = await issue({ profile: 'device', request: device().proof('AT%KEYGEN=42,2,0').der })
  const folder = folderWith({
    'root.pem': authority.rootPem,
    'issuing.pem': authority.issuingPem,
    'leaf.pem': issued.pem,
  })
  try {
    const files = [
      '-CAfile',
      folder.path('root.pem'),
      '-untrusted',
      folder.path('issuing.pem'),
      folder.path('leaf.pem'),
    ]
    expect(output(openssl ?? '', ['verify', '-x509_strict', '-purpose', 'sslclient', ...files])).toContain('OK')
  } finally {
    folder.clear()
  }
})
