import { expect, test } from 'vitest'
import { type Files, type Manifest, parseManifest, type Settled, settle } from '../../src/plan/index.ts'
import { fromUtf8, utf8 } from '../../src/terms/index.ts'
import { certificate, freshPaper, keyPem, pair, paper } from '../support/paper.ts'

const now = Date.UTC(2026, 10, 22)
const psk = '6e7266393174657374'
const all = 'ca: root.crt\n    certificate: board.crt\n    key: board.key'

async function settled(items: string, files: Record<string, string | Uint8Array>, tag = 42): Promise<Settled> {
  const { manifest } = parseManifest(`sectag: 1\ntags:\n  - tag: ${tag}\n    ${items}\n`, 'm.yaml')
  const read: Files = new Map(
    Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? utf8(text) : Uint8Array.from(text)]),
  )
  return settle(manifest as Manifest, read, now)
}

const codes = (found: Settled, severity = 'error'): string[] =>
  found.problems.filter((problem) => problem.severity === severity).map((problem) => problem.code)

test('what is written is the canonical text, whatever the line ends and surroundings of the file', async () => {
  const { ca, certificate: cert, key } = await paper()
  const file = `text dump\r\n${ca.replaceAll('\n', '\r\n')}`
  const found = await settled(all, { 'root.crt': file, 'board.crt': cert, 'board.key': key })
  expect(codes(found)).toEqual([])
  expect(codes(found, 'note')).toEqual(['text-outside'])
  expect(fromUtf8(found.materials.get('42/0')?.content.reveal() ?? new Uint8Array())).toBe(ca)
  expect(found.wanted[0]?.variants?.map((variant) => variant.variant)).toContain('the file as it is')
})

test('no content prints, however a settled manifest is printed', async () => {
  const { ca, certificate: cert, key } = await paper()
  const found = await settled(all, { 'root.crt': ca, 'board.crt': cert, 'board.key': key })
  const printed = [
    JSON.stringify([...found.materials]),
    String([...found.materials.values()].map((material) => material.content)),
    (await import('node:util')).inspect(found, { depth: 9 }),
  ]
  for (const text of printed) expect(text).not.toContain(key.slice(40, 64))
})

const wrong: [string, () => Promise<Settled>, string][] = [
  [
    'a key of another board',
    async () =>
      settled(all, {
        'root.crt': (await paper()).ca,
        'board.crt': (await paper()).certificate,
        'board.key': (await freshPaper()).key,
      }),
    'key-does-not-fit',
  ],
  [
    'an encrypted key',
    async () =>
      settled('key: k', {
        k: String((await pair()).node.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-128-cbc', passphrase: 'x' })),
      }),
    'key-encrypted',
  ],
  ['a key in place of a certificate', async () => settled('certificate: k', { k: (await paper()).key }), 'wrong-block'],
  ['a certificate in place of a key', async () => settled('key: c', { c: (await paper()).certificate }), 'key-no-key'],
  ['DER in place of PEM', async () => settled('ca: c', { c: new Uint8Array([0x30, 0x82, 1, 1]) }), 'not-pem'],
  ['UTF-16', async () => settled('ca: c', { c: new Uint8Array([0xff, 0xfe, 45, 0]) }), 'utf-16'],
  [
    'base64 that is no certificate',
    async () => settled('ca: c', { c: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' }),
    'not-a-certificate',
  ],
  [
    'a certificate over the limit',
    async () => settled('ca: c', { c: await certificate(await pair(), { ca: true, padding: 60 }) }),
    'too-long',
  ],
  [
    'a PSK that is not hexadecimal',
    async () => settled('psk: p\n    psk-identity: d', { p: 'nrf91test' }),
    'psk-not-hex',
  ],
  [
    'a PSK that is too short to be a secret',
    async () => settled('psk: p\n    psk-identity: d', { p: '1684' }),
    'psk-too-short',
  ],
  ['a tag that wants nothing', async () => settled('exclusive: false', {}), 'empty-tag'],
  ['a PSK without its identity', async () => settled('psk: p', { p: psk }), 'psk-half'],
  ['an identity without its PSK', async () => settled('psk-identity: d', {}), 'psk-half'],
  ['an identity with a quote', async () => settled(`psk: p\n    psk-identity: 'a"b'`, { p: psk }), 'psk-identity'],
  ['a tag above the limit', async () => settled('ca: c', { c: (await paper()).ca }, 4_294_967_293), 'tag-reserved'],
  ['a developer tag', async () => settled('ca: c', { c: (await paper()).ca }, 2_147_483_650), 'tag-developer'],
  ['a missing file', async () => settled('ca: gone.crt', {}), 'no-file'],
]

test.each(wrong)('%s is an error', async (_, settling, code) => {
  expect(codes(await settling())).toContain(code)
})

const doubtful: [string, () => Promise<Settled>, string][] = [
  [
    'an expired certificate',
    async () => settled('ca: c', { c: await certificate(await pair(), { ca: true, until: -0.5 }) }),
    'expired',
  ],
  [
    'one that is not valid yet',
    async () => settled('ca: c', { c: await certificate(await pair(), { ca: true, from: 2 }) }),
    'not-yet-valid',
  ],
  ['a server certificate as root CA', async () => settled('ca: c', { c: await certificate(await pair()) }), 'not-a-ca'],
  [
    'a CA as client certificate',
    async () => settled('certificate: c', { c: await certificate(await pair(), { ca: true }) }),
    'leaf-is-ca',
  ],
  [
    'a chain in the wrong order',
    async () =>
      settled('certificate: c', {
        c: (await paper()).certificate + (await certificate(await pair(), { subject: 'other', ca: true })),
      }),
    'chain-order',
  ],
  ['a key without its certificate', async () => settled('key: k', { k: (await paper()).key }), 'set-incomplete'],
  ['no root CA', async () => settled('key: k', { k: (await paper()).key }), 'no-root-ca'],
]

test.each(doubtful)('%s is a warning, not an error', async (_, settling, code) => {
  const found = await settling()
  expect(codes(found)).toEqual([])
  expect(codes(found, 'warning')).toContain(code)
})

test("nRF Cloud's tag is noted as what it is, and allowed (CMNG-13)", async () => {
  const found = await settled('ca: c', { c: (await paper()).ca }, 16_842_753)
  expect(codes(found, 'note')).toEqual(['tag-convention'])
})

test('EC PARAMETERS in front of a key are left out of what is written', async () => {
  const keys = await pair()
  const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
  const found = await settled('key: k', { k: parameters + keyPem(keys, 'sec1') })
  expect(codes(found, 'note')).toEqual(['ec-parameters'])
  expect(fromUtf8(found.materials.get('42/2')?.content.reveal() ?? new Uint8Array())).toBe(keyPem(keys, 'sec1'))
})

test('exactly what fits is accepted, and one byte more is not', async () => {
  const room = 4095 - 'AT%CMNG=0,42,4,""'.length
  expect(codes(await settled(`psk: p\n    psk-identity: ${'x'.repeat(room)}`, { p: psk }))).toEqual([])
  expect(codes(await settled(`psk: p\n    psk-identity: ${'x'.repeat(room + 1)}`, { p: psk }))).toEqual(['too-long'])
})
