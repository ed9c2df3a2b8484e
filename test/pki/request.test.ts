import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { armour, makeRequest, newKeyPair, parsePem, readRequest, verifyRequest } from '../../src/pki/index.ts'
import type { Bytes } from '../../src/terms/index.ts'
import { folderWith, withNull } from '../support/authority.ts'
import { findProgram, needs, output } from '../support/outside.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)
const folder = folderWith({})
afterAll(folder.clear)

function read(der: Bytes): Extract<ReturnType<typeof readRequest>, { ok: true }>['value'] {
  const found = readRequest(der)
  if (!found.ok) throw new Error(found.refusal.text)
  return found.value
}

test('a request of ours says its subject and key, and its signature holds', async () => {
  const pair = await newKeyPair()
  const request = read(await makeRequest(pair, 'bröker.example'))
  expect(request).toMatchObject({ commonName: 'bröker.example', key: { kind: 'EC', curve: 'P-256' }, spki: pair.spki })
  expect(await verifyRequest(request)).toBe(true)
})

test('a NULL parameter behind ecdsa-with-SHA256 changes nothing (KEY-16, KEY-17)', async () => {
  const plain = await makeRequest(await newKeyPair(), 'x')
  const quirky = withNull(plain)
  expect(quirky.length).toBe(plain.length + 2)
  expect(await verifyRequest(read(quirky))).toBe(true)
})

test('any changed bit of what is signed, or of the signature, is noticed', async () => {
  const der = await makeRequest(await newKeyPair(), 'x')
  await fc.assert(
    fc.asyncProperty(fc.nat(der.length - 1), fc.nat(7), async (at, bit) => {
      const changed = Uint8Array.from(der)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      const found = readRequest(changed)
      expect(found.ok && (await verifyRequest(found.value))).toBe(false)
    }),
    { numRuns: 400 },
  )
})

test('bytes that are no request are a value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(readRequest(Uint8Array.from(bytes))).toMatchObject({ ok: false, refusal: { code: 'no-request' } })
    }),
  )
})

withOpenssl('openssl req -verify accepts a request of ours', async () => {
  const pem = armour({ label: 'CERTIFICATE REQUEST', der: await makeRequest(await newKeyPair(), 'broker.example') })
  const told = output(openssl ?? '', ['req', '-verify', '-noout', '-subject'], pem)
  expect(told).toContain('CN = broker.example')
})

const kinds: [string, string[], object][] = [
  ['P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], { kind: 'EC', curve: 'P-256' }],
  [
    'P-384 with SHA-384',
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'],
    { kind: 'EC', curve: 'P-384' },
  ],
  ['RSA 2048', ['-newkey', 'rsa:2048'], { kind: 'RSA', bits: 2048 }],
  ['RSA 3072 with SHA-512', ['-newkey', 'rsa:3072', '-sha512'], { kind: 'RSA', bits: 3072 }],
]

withOpenssl('requests that openssl writes are read and verified: P-256, P-384, RSA', async () => {
  for (const [name, options, key] of kinds) {
    const argv = ['req', '-new', '-nodes', '-keyout', folder.path('k'), '-subj', '/O=x/CN=from openssl', ...options]
    const request = read(parsePem(output(openssl ?? '', argv)).blocks[0]?.der ?? new Uint8Array())
    expect(request, name).toMatchObject({ commonName: 'from openssl', key })
    expect(await verifyRequest(request), name).toBe(true)
  }
})
