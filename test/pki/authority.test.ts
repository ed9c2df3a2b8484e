// Node 24 spoils node:tls for the whole process where `toLegacyObject` is called before it was loaded.
import 'node:tls'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
// Where toLegacyObject() is called before node:tls is loaded, node:tls has no createSecureContext from then on (Node 24.21).
import 'node:tls'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { systemRandom } from '../../src/cli/system-random.ts'
import {
  encryptKey,
  type IssueOrder,
  issuedAs,
  longestAuthorityName,
  makeRequest,
  newKeyPair,
  newSerial,
  openAuthority,
  parsePem,
  readAuthority,
  readCertificate,
  renewAt,
} from '../../src/pki/index.ts'
import { type Bytes, Secret, seededRandom, utf8 } from '../../src/terms/index.ts'
import { isCertificateText } from '../../src/virtual/content-check.ts'
import { folderWith, freshAuthority, passphrase, testAuthority, withNull } from '../support/authority.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { figure } from '../support/figures.ts'
import { scaled } from '../support/scale.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)
const folders: { clear: () => void }[] = []
afterAll(() => folders.forEach((folder) => folder.clear()))

function files(content: Record<string, string>): (name: string) => string {
  const folder = folderWith(content)
  folders.push(folder)
  return folder.path
}

const day = 86_400_000
const names = ['broker.example', '*.fleet.example', 'localhost', '192.168.1.4', '2001:db8::1', '::1']

function requestOf(...options: string[]): Bytes {
  const folder = files({})
  const argv = ['req', '-new', '-nodes', '-keyout', folder('k'), '-subj', '/O=ignored/CN=asked', ...options]
  return parsePem(output(openssl ?? '', argv)).blocks[0]?.der ?? new Uint8Array()
}

withOpenssl(
  'openssl verify -x509_strict accepts both CAs and certificates of every profile, for their purpose only',
  async () => {
    const { files: made, issue } = await testAuthority()
    const path = files({
      'root.crt': made.rootCertificate,
      'issuing.crt': made.issuingCertificate,
      'server.crt': (await issue({ profile: 'server', names })).pem,
      'device.crt': (await issue({ profile: 'device', subject: 'nrf-351358811330130' })).pem,
      'device-forever.crt': (await issue({ profile: 'device-forever', subject: 'buoy-7' })).pem,
    })
    const verify = (name: string, ...more: string[]): string => {
      const chain = ['-x509_strict', '-CAfile', path('root.crt'), '-untrusted', path('issuing.crt')]
      return output(openssl ?? '', ['verify', ...chain, ...more, path(name)])
    }
    for (const name of ['root.crt', 'issuing.crt']) expect(verify(name)).toContain('OK')
    for (const name of names.filter((name) => !name.includes('*')))
      expect(
        verify('server.crt', '-purpose', 'sslserver', /\d\.|:/.test(name) ? '-verify_ip' : '-verify_hostname', name),
      ).toContain('OK')
    expect(verify('server.crt', '-verify_hostname', 'b36.fleet.example')).toContain('OK')
    for (const name of ['device.crt', 'device-forever.crt'])
      expect(verify(name, '-purpose', 'sslclient')).toContain('OK')
    const text = output(openssl ?? '', ['x509', '-in', path('device-forever.crt'), '-noout', '-enddate'])
    expect(text).toContain('notAfter=Dec 31 23:59:59 9999 GMT')
    expect(() => verify('server.crt', '-verify_hostname', 'other.example')).toThrow()
    expect(() => verify('server.crt', '-purpose', 'sslclient')).toThrow()
    expect(() => verify('device.crt', '-purpose', 'sslserver')).toThrow()
  },
)

test('Node’s X509Certificate agrees: who issued what, for whom, from when to when', async () => {
  const { files: made, issue } = await testAuthority()
  const [root, issuing] = [new X509Certificate(made.rootCertificate), new X509Certificate(made.issuingCertificate)]
  const server = new X509Certificate((await issue({ profile: 'server', names })).pem)
  const device = new X509Certificate((await issue({ profile: 'device', subject: 'nrf-1' })).pem)
  for (const [child, parent] of [
    [root, root],
    [issuing, root],
    [server, issuing],
    [device, issuing],
  ] as const) {
    expect(child.verify(parent.publicKey)).toBe(true)
    expect(child.checkIssued(parent)).toBe(true)
  }
  expect([root.ca, issuing.ca, server.ca, device.ca]).toEqual([true, true, false, false])
  expect(server.subject).toBe('CN=broker.example')
  expect(device.subject).toBe('CN=nrf-1')
  expect(server.checkHost('b36.fleet.example')).toBe('*.fleet.example')
  expect(server.checkIP('2001:db8::1')).toBeDefined()
  expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  expect(device.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
  expect(device.subjectAltName).toBeUndefined()
  for (const certificate of [root, issuing, server, device])
    expect(Date.now() - certificate.validFromDate.getTime()).toBeGreaterThan(day - 1)
})

test('the virtual modem takes a device’s chain as a certificate (PEM-07)', async () => {
  const { issue, files: made } = await testAuthority()
  const { chain } = await issue({ profile: 'device', subject: 'nrf-1' })
  expect(isCertificateText(utf8(chain))).toBe(true)
  expect(isCertificateText(utf8(made.rootCertificate))).toBe(true)
})

withOpenssl('keys at rest are opened by openssl pkey with the passphrase and fit their certificates', async () => {
  const { files: made } = await testAuthority()
  const path = files({ 'root.key': made.rootKey, 'issuing.key': made.issuingKey })
  for (const [name, certificate] of [
    ['root.key', made.rootCertificate],
    ['issuing.key', made.issuingCertificate],
  ] as const) {
    const opened = output(openssl ?? '', ['pkey', '-in', path(name), '-passin', `pass:${passphrase}`, '-pubout'])
    expect(opened).toBe(new X509Certificate(certificate).publicKey.export({ format: 'pem', type: 'spki' }))
  }
})

withOpenssl(
  'requests by openssl with P-256, P-384 and RSA keys are issued for; of their subject only the name is kept',
  async () => {
    const { issue, files: made } = await testAuthority()
    const path = files({ 'root.crt': made.rootCertificate, 'issuing.crt': made.issuingCertificate })
    for (const [options, key] of [
      [['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'EC P-256'],
      [['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'], 'EC P-384'],
      [['-newkey', 'rsa:2048'], 'RSA 2048'],
    ] as const) {
      const { pem, certificate } = await issue({ profile: 'device', request: requestOf(...options) })
      expect(certificate).toMatchObject({ subject: 'CN=asked', key, ca: false })
      const chain = ['verify', '-x509_strict', '-CAfile', path('root.crt'), '-untrusted', path('issuing.crt')]
      expect(output(openssl ?? '', chain, pem)).toContain('OK')
    }
  },
)

test('a request with the modem’s NULL parameter is issued for (KEY-16)', async () => {
  const { issue } = await testAuthority()
  const request = withNull(await makeRequest(await newKeyPair(), '50363154-3931-44f0-8022-121b6401627d'))
  const { certificate } = await issue({ profile: 'device', request })
  expect(certificate.subject).toBe('CN=50363154-3931-44f0-8022-121b6401627d')
})

withOpenssl('extensions that a request asks for are not honoured: no CA comes out of it', async () => {
  const { issue } = await testAuthority()
  const wishes = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
  ]
  const { certificate } = await issue({
    profile: 'device',
    request: requestOf(...wishes, '-addext', 'subjectAltName=DNS:bank.example'),
  })
  expect(certificate.ca).toBe(false)
  expect(Buffer.from(certificate.der).toString('latin1')).not.toContain('bank.example')
})

async function refusal(order: Partial<IssueOrder>): Promise<string> {
  const { authority } = await testAuthority()
  const request = order.request ?? (await makeRequest(await newKeyPair(), 'x'))
  const issued = await authority.issue({
    profile: 'device',
    now: Date.now(),
    serial: newSerial(systemRandom),
    ...order,
    request,
  })
  return issued.ok ? 'issued' : issued.refusal.code
}

test('what cannot be issued is refused with a code: bad requests, keys, names, subjects, days', async () => {
  const spoiled = Uint8Array.from(await makeRequest(await newKeyPair(), 'x'))
  spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1
  expect(await refusal({ request: new Uint8Array(9) })).toBe('no-request')
  expect(await refusal({ request: spoiled })).toBe('bad-signature')
  expect(await refusal({ profile: 'server' })).toBe('no-names')
  expect(await refusal({ names: ['a'] })).toBe('names-not-used')
  for (const name of [
    '',
    'a b',
    'bröker.example',
    '-a',
    'a.*.b',
    '*',
    'a..b',
    '256.1.1.1',
    '1.2.3',
    'x'.repeat(64),
    ':::',
    'a@b',
    '1:2:3:4:5:6:7:8:9',
  ])
    expect(await refusal({ profile: 'server', names: ['ok.example', name] }), name).toBe('bad-name')
  for (const subject of ['', ' ', 'x'.repeat(65), 'a\nb'])
    expect(await refusal({ subject }), subject).toBe('bad-subject')
  expect(await refusal({ request: await makeRequest(await newKeyPair(), '') })).toBe('bad-subject')
  for (const days of [0, -1, 1.5, Number.NaN, 4000, 100_000])
    expect(await refusal({ days }), String(days)).toBe('bad-days')
  for (const shelfDays of [0, 1.5, 400]) expect(await refusal({ shelfDays })).toBe('bad-days')
  expect(await refusal({ profile: 'device-forever', days: 7 })).toBe('bad-days')
  expect(await refusal({ profile: 'device-forever', now: Date.now() + 3651 * day })).toBe('authority-expired')
  expect(await refusal({ now: Date.now() + 3651 * day })).toBe('authority-expired')
  for (const now of [0, Date.now() - 2 * day]) expect(await refusal({ now })).toBe('clock-slow')
  expect(await refusal({ subject: 'Ä'.repeat(64), days: 1 })).toBe('issued')
})

withOpenssl(
  'keys that are too weak or of another kind are refused: RSA 1024, P-521, Ed25519, P-256 as explicit numbers',
  async () => {
    for (const options of [
      ['-newkey', 'rsa:1024'],
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
      ['-newkey', 'ed25519'],
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit'],
    ])
      expect(await refusal({ request: requestOf(...options) }), options.join(' ')).toBe('bad-key')
    const sha1 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha1']
    expect(await refusal({ request: requestOf(...sha1) })).toBe('bad-signature')
  },
)

test('the defaults: 1 year for a server, 10 for a device, never longer than the issuing CA; days order another', async () => {
  const { issue, files: made } = await testAuthority()
  const now = Date.now()
  const days = async (order: Parameters<typeof issue>[0]): Promise<number> => {
    const { certificate } = await issue({ now, ...order })
    return Math.round((certificate.notAfter - now) / day)
  }
  expect(await days({ profile: 'server', names: ['a'] })).toBe(365)
  expect(await days({ profile: 'device' })).toBe(3650)
  expect(await days({ profile: 'device', days: 7 })).toBe(7)
  expect(await days({ profile: 'device', days: 100, shelfDays: 30 })).toBe(130)
  expect(await days({ profile: 'device', shelfDays: 30 })).toBe(9 * 365 + 30)
  const later = await issue({ profile: 'device', now: now + 365 * day })
  const issuing = readCertificate(parsePem(made.issuingCertificate).blocks[0]?.der ?? new Uint8Array())
  expect(later.certificate.notAfter).toBe(issuing.notAfter)
})

test('a certificate wants to be renewed at two thirds of its life, one without an end never', async () => {
  const { issue } = await testAuthority()
  const { certificate } = await issue({ profile: 'device', days: 29 })
  expect(certificate.notAfter - certificate.notBefore).toBe(30 * day)
  expect(renewAt(certificate)).toBe(certificate.notBefore + 20 * day)
  expect(renewAt((await issue({ profile: 'device-forever' })).certificate)).toBeUndefined()
})

test('a renewal has the key, and what else is ordered; what another authority issued is not renewed', async () => {
  const { authority, issue } = await testAuthority()
  const { certificate } = await issue({ profile: 'server', names })
  const order = { ...issuedAs(certificate), certificate, now: Date.now(), serial: newSerial(systemRandom) }
  expect(order).toMatchObject({ profile: 'server', subject: 'broker.example' })
  const renewed = await authority.renew({ ...order, days: 9 })
  if (!renewed.ok) throw new Error(renewed.refusal.text)
  const [before, after] = [certificate, renewed.value.certificate].map(({ der }) => new X509Certificate(der))
  expect(after?.subjectAltName).toBe(before?.subjectAltName)
  expect(renewed.value.certificate.spki).toEqual(certificate.spki)
  const foreign = (await (await freshAuthority('test')).issue({ profile: 'device' })).certificate
  expect(await authority.renew({ ...order, certificate: foreign })).toMatchObject({ refusal: { code: 'not-ours' } })
})

withOpenssl('certificates and CRLs name the same address; an authority without one has CRLs for all', async () => {
  for (const crlUrl of ['http://crl.example/a.crl', '']) {
    const { files: made, issue, authority } = await freshAuthority('addressed', passphrase, crlUrl)
    const [good, bad] = [await issue({ profile: 'device' }), await issue({ profile: 'device' })]
    const serial = Uint8Array.from(Buffer.from(bad.certificate.serial, 'hex'))
    const revoked = [{ serial, at: Date.now() - 1000 }]
    const path = files({
      'root.crt': made.rootCertificate,
      'issuing.crt': made.issuingCertificate,
      'a.crl': await authority.revocationList({ number: 1, now: Date.now() - 1000, revoked }),
      'good.crt': good.pem,
      'bad.crt': bad.pem,
    })
    const checked = ['-crl_check', '-CRLfile', path('a.crl'), '-x509_strict', '-untrusted', path('issuing.crt')]
    const verify = (name: string): string =>
      output(openssl ?? '', ['verify', '-CAfile', path('root.crt'), ...checked, path(name)])
    expect(verify('good.crt')).toContain('OK')
    expect(() => verify('bad.crt')).toThrow(/certificate revoked/)
    const text = ['x509', '-in', path('good.crt'), '-noout', '-ext', 'crlDistributionPoints']
    expect(output(openssl ?? '', text).includes(`URI:${crlUrl}`)).toBe(crlUrl !== '')
    const list = output(openssl ?? '', ['crl', '-in', path('a.crl'), '-noout', '-text'])
    expect(list).toMatch(/X509v3 Issuing Distribution Point: critical/)
    expect(list).toContain(crlUrl === '' ? 'Only User Certificates' : `URI:${crlUrl}`)
  }
})

test('an address of a CRL that cannot be one is our own fault when it is ordered, and damage when it is read', async () => {
  for (const url of [
    'https://crl.example/a',
    'ldap://x',
    'http://',
    'http://a b',
    'crl',
    `http://${'x'.repeat(200)}`,
  ]) {
    await expect(freshAuthority('x', passphrase, url)).rejects.toMatchObject({ code: 'internal' })
    const { files: made } = await testAuthority()
    const opened = await openAuthority({ ...made, crlUrl: url }, new Secret(utf8(passphrase)))
    expect(opened, url).toMatchObject({ ok: false, refusal: { code: 'broken' } })
  }
})

test('serial numbers are 16 random octets, positive, and each its own; a wrong one is our own fault', async () => {
  const random = seededRandom('serials')
  const serials = Array.from({ length: scaled(10_000) }, () => newSerial(random))
  expect(new Set(serials.map((serial) => Buffer.from(serial).toString('hex'))).size).toBe(serials.length)
  expect(serials.every((serial) => serial.length === 16 && (serial[0] ?? 0) >= 0x40 && (serial[0] ?? 0) < 0x80)).toBe(
    true,
  )
  const { issue } = await testAuthority()
  expect((await issue({ profile: 'device', serial: Uint8Array.of(0, 0, 7) })).certificate.serial).toMatch(/^0*7$/)
  for (const serial of [[], [0], [0x80], Array.from({ length: 21 }, () => 1)])
    await expect(issue({ profile: 'device', serial: Uint8Array.from(serial) })).rejects.toMatchObject({
      code: 'internal',
    })
})

test('a wrong passphrase, a foreign key, a foreign CA and broken files are values, and tell no secret', async () => {
  const { files: made } = await testAuthority()
  const other = await freshAuthority('other')
  const secret = new Secret(utf8(passphrase))
  const foreign = await encryptKey((await newKeyPair()).privateKey, secret, systemRandom)
  const plain = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' })
  const cases: [string, Partial<typeof made>, Secret][] = [
    ['wrong-passphrase', {}, new Secret(utf8('correct horse'))],
    ['key-does-not-fit', { issuingKey: foreign }, secret],
    ['broken-chain', { rootCertificate: other.files.rootCertificate }, secret],
    ['broken-chain', { issuingCertificate: other.files.issuingCertificate }, secret],
    ['broken', { issuingCertificate: 'hello' }, secret],
    ['broken', { rootCertificate: made.rootCertificate.replaceAll('A', 'B') }, secret],
    ['broken', { issuingKey: String(plain) }, secret],
  ]
  for (const [code, change, words] of cases) {
    const opened = await openAuthority({ ...made, ...change }, words)
    expect(opened, code).toMatchObject({ ok: false, refusal: { code } })
    expect(JSON.stringify(opened)).not.toContain('horse')
  }
  expect(await openAuthority({ ...made, rootKey: '' }, secret)).toMatchObject({ ok: true })
  expect(await readAuthority(made)).toMatchObject({
    ok: true,
    value: { root: { ca: true }, issuing: { subject: 'CN=test issuing CA' } },
  })
})

test('the name of an authority has room in both its CAs, whatever letters it has', async () => {
  const name = 'Ü, "#+=\\ '.padEnd(longestAuthorityName, 'é')
  const { files: made, issue } = await freshAuthority(name)
  const root = new X509Certificate(made.rootCertificate)
  expect(root.subject).toContain('root CA')
  expect(
    new X509Certificate((await issue({ profile: 'device' })).pem).checkIssued(
      new X509Certificate(made.issuingCertificate),
    ),
  ).toBe(true)
  await expect(freshAuthority(`${name}x`)).rejects.toMatchObject({ code: 'internal' })
})

test('any common name and any server names come out as they were ordered', async () => {
  const { issue } = await testAuthority()
  const subject = fc
    .string({ minLength: 1, maxLength: 32, unit: 'grapheme-ascii' })
    .filter((text) => text.trim() !== '')
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().filter((text) => !text.includes('.')),
  )
  const runs = scaled(1000, 20)
  await fc.assert(
    fc.asyncProperty(subject, fc.array(host, { minLength: 1, maxLength: 4 }), async (subject, names) => {
      const device = new X509Certificate((await issue({ profile: 'device', subject })).pem)
      const told = device.toLegacyObject().subject as unknown as { CN: string }
      expect(told.CN).toBe(subject.trim())
      const server = new X509Certificate((await issue({ profile: 'server', subject, names })).pem)
      for (const name of names) expect(server.checkHost(name) ?? server.checkIP(name), name).toBeDefined()
    }),
    { numRuns: runs },
  )
  figure('certificates-as-ordered', { certificates: runs * 2 })
})
