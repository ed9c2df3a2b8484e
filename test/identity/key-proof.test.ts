import { readFileSync } from 'node:fs'
import { decode, encode } from 'cborg'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commands, parseTranscript } from '../../src/at/index.ts'
import {
  candidateKeys,
  checkKeyProof,
  commonKey,
  findTokens,
  type KeyProof,
  readAttestation,
  readKeyProof,
  toBase64url,
} from '../../src/identity/index.ts'
import { type Bytes, hex } from '../../src/terms/index.ts'
import { device, halvesOf, tokenOf } from '../support/device.ts'
import { sampled, scaled } from '../support/scale.ts'

const signs = ['payload', 'payload and body'] as const

/** The octets with one bit turned over. */
function flipped(octets: Uint8Array, bit: number): Bytes {
  return Uint8Array.from(octets, (octet, at) => (at === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet))
}

test.each(signs)('%s: any single changed bit of a token makes its proof fail', async (form) => {
  const made = device({ signs: form })
  const identityKey = made.identityKey()
  const text = made.says('AT%KEYGEN=16842753,2,0')
  const [body, cose] = halvesOf(text)
  const expected = { tag: 16_842_753, deviceUuid: made.modem.identity.uuid, identityKey }
  const holds = async (candidate: string): Promise<boolean> => {
    const proof = readKeyProof(candidate)
    return proof.ok && (await checkKeyProof(proof.value, expected)).ok
  }
  expect(await holds(text)).toBe(true)
  const bits = (body.length + cose.length) * 8
  const every = sampled(
    Array.from({ length: bits }, (_, bit) => bit),
    500,
  )
  const survivors: number[] = []
  for (const bit of every) {
    const inBody = bit < body.length * 8
    const changed = inBody ? tokenOf(flipped(body, bit), cose) : tokenOf(body, flipped(cose, bit - body.length * 8))
    if (await holds(changed)) survivors.push(bit)
  }
  expect(survivors).toEqual([])
})

test('a proof that is right in itself and another’s is refused by the code of what is wrong', async () => {
  const [mine, other] = [device(), device({}, 1)]
  const identityKey = mine.identityKey()
  const proof = mine.proof('AT%KEYGEN=42,2,0')
  const code = async (changed: Partial<KeyProof>, expected: object = {}): Promise<string> => {
    const checked = await checkKeyProof({ ...proof, ...changed }, { tag: 42, identityKey, ...expected })
    return checked.ok ? 'ok' : checked.refusal.code
  }
  expect(await code({})).toBe('ok')
  expect(await code({}, { deviceUuid: mine.modem.identity.uuid.toUpperCase() })).toBe('ok')
  expect(await code({}, { tag: 43 })).toBe('wrong-tag')
  expect(await code({}, { deviceUuid: other.modem.identity.uuid })).toBe('wrong-device')
  expect(await code({}, { identityKey: other.identityKey() })).toBe('wrong-signature')
  expect(await code({}, { identityKey: new Uint8Array(65) })).toBe('wrong-signature')
  expect(await code({ der: other.proof('AT%KEYGEN=42,2,0').der })).toBe('wrong-digest')
  expect(await code({ kid: -4 })).toBe('not-identity-key')
  expect(await code({ kind: 'public-key' })).toBe('bad-body')
})

test('without a known identity key a proof names the keys of which one is it', async () => {
  const made = device()
  const proof = made.proof('AT%KEYGEN=42,2,0')
  const checked = await checkKeyProof(proof, { tag: 42 })
  const keys = checked.ok ? checked.value.identityKeys.map(hex) : []
  expect(keys).toHaveLength(4)
  expect(keys).toContain(hex(made.identityKey()))
  expect(checked.ok && checked.value.covers).toBe(undefined)
})

test.each(signs)('%s: the identity key is what tokens of a device have in common, whichever two they are', (form) => {
  const made = device({ signs: form })
  const key = hex(made.identityKey())
  const tokens = [made.attestation(), made.proof('AT%KEYGEN=1,2,0'), made.proof('AT%KEYGEN=2,2,1')]
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const pair = [tokens[a], tokens[b]].flatMap((token) => token ?? [])
    expect(hex(commonKey(pair) ?? new Uint8Array())).toBe(key)
  }
  for (const token of tokens) expect(candidateKeys(token).map(hex)).toContain(key)
})

test('one token, the same one twice, and tokens of two devices have no key in common', () => {
  const [mine, other] = [device(), device({}, 1)]
  const token = mine.attestation()
  expect(commonKey([])).toBe(undefined)
  expect(commonKey([token])).toBe(undefined)
  expect(commonKey([token, token])).toBe(undefined)
  expect(commonKey([token, other.attestation()])).toBe(undefined)
  // Somebody else's token, made up to name this device.
  expect(commonKey([token, { ...other.attestation(), deviceUuid: token.deviceUuid }])).toBe(undefined)
})

test('published output of real boards is read: mfw 1.3.5 %KEYGEN, and an attestation token (KEY-08, KEY-31, KEY-41)', async () => {
  const log = parseTranscript(readFileSync(new URL('../transcripts/tokens.at', import.meta.url), 'utf8'))
  const line = (name: string): string =>
    log.find((entry) => entry.direction === '<' && entry.text.startsWith(name))?.text ?? ''
  const proof = readKeyProof(commands.keygen.answer.parse(line('%KEYGEN')))
  if (!proof.ok) throw new Error(proof.refusal.text)
  expect(proof.value).toMatchObject({
    kind: 'request',
    tag: 16_842_753,
    deviceUuid: '50503642-3239-4f86-80c4-06122e299623',
    kid: -2,
  })
  expect((await checkKeyProof(proof.value, { tag: 16_842_753 })).ok).toBe(true)
  const token = readAttestation(commands.attestToken.answer.parse(line('%ATTESTTOKEN')))
  if (!token.ok) throw new Error(token.refusal.text)
  expect(token.value).toMatchObject({
    deviceUuid: '50363154-3931-44f0-8022-121b6401627d',
    deviceType: 3,
    firmwareUuid: '1aff3acb-f1a6-4764-a263-4c2646c1c654',
  })
  // KEY-36: the key that three published outputs of this device have in common begins so.
  expect(candidateKeys(token.value).some((key) => hex(key).startsWith('047b76ffcb'))).toBe(true)
})

test('KEY-89: published output has signatures with the higher s and with the lower one', () => {
  const text = readFileSync(new URL('../transcripts/tokens.at', import.meta.url), 'utf8')
  const { proofs, attestations } = findTokens(text)
  const half = 0x7fffffff_80000000_7fffffff_ffffffffn
  const isHigh = (s: Bytes): boolean => BigInt(`0x${hex(s.slice(0, 16))}`) > half
  expect([...proofs, ...attestations].map(({ signature }) => isHigh(signature.slice(32)))).toEqual([false, false])
  // The request ends in its s, an INTEGER of DER.
  expect(proofs.map(({ der }) => isHigh(der.slice(-32)))).toEqual([true])
})

test('the readers answer any text with a value, and never take one kind of token for the other', async () => {
  const made = device()
  const [attestation, proof] = [made.says('AT%ATTESTTOKEN'), made.says('AT%KEYGEN=42,2,0')]
  expect(readAttestation(proof)).toMatchObject({ refusal: { code: 'not-this-message' } })
  expect(readKeyProof(attestation)).toMatchObject({ refusal: { code: 'not-this-message' } })
  const mutated = fc
    .tuple(
      fc.constantFrom(attestation, proof),
      fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 6 }),
      fc.nat(600),
    )
    .map(([text, edits, cut]) => {
      const [body, cose] = halvesOf(text)
      for (const [at, octet] of edits) {
        const half = at % 2 === 0 ? body : cose
        half[at % half.length] = octet
      }
      return cut % 3 === 0 ? tokenOf(body, cose).slice(0, cut) : tokenOf(body, cose)
    })
  const anything = fc
    .tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }))
    .map(([body, cose]) => tokenOf(body, Uint8Array.of(0xd2, ...cose)))
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, anything, fc.string(), fc.base64String()), async (text) => {
      for (const read of [readAttestation(text), readKeyProof(text)]) {
        if (!read.ok) expect(read.refusal.text.length).toBeGreaterThan(0)
        else if (read.value.kind !== 'attestation') await checkKeyProof(read.value, { tag: 42 })
        else candidateKeys(read.value)
      }
    }),
    { numRuns: scaled(20_000) },
  )
})

test('deep nesting, long text, and text with bits of no meaning are refused', () => {
  const nested = tokenOf(Uint8Array.of(1), Uint8Array.of(0xd2, ...new Uint8Array(2900).fill(0x81)))
  expect(readKeyProof(nested)).toMatchObject({ refusal: { code: 'not-cose' } })
  expect(readKeyProof('A'.repeat(4097))).toMatchObject({ refusal: { code: 'too-long' } })
  const text = device().says('AT%ATTESTTOKEN')
  expect(readAttestation(`${text}=`)).toMatchObject({ refusal: { code: 'not-a-token' } })
  expect(readAttestation(`${text}.AA`)).toMatchObject({ refusal: { code: 'not-a-token' } })
  expect(readAttestation(text.slice(text.indexOf('.')))).toMatchObject({ refusal: { code: 'not-a-token' } })
})

test('one meaning has one text: an envelope that is written in any other way is no envelope', () => {
  const [body, cose] = halvesOf(device().says('AT%ATTESTTOKEN'))
  const members = decode(cose.slice(1), { useMaps: true }) as [Uint8Array, Map<number, Uint8Array>, null, Uint8Array]
  const wrap = (value: unknown): string => tokenOf(body, Uint8Array.of(0xd2, ...encode(value)))
  const [header, unprotected, payload, signature] = members
  expect(readAttestation(wrap(members)).ok).toBe(true)
  const others: unknown[] = [
    [header, unprotected, payload],
    [Uint8Array.of(0xa1, 0x01, 0x38, 0x22), unprotected, payload, signature],
    [header, new Map([...unprotected, [1, Uint8Array.of(0x21)]]), payload, signature],
    [header, new Map([[4, -2]]), payload, signature],
    [header, unprotected, new Uint8Array(), signature],
    [header, unprotected, payload, signature.slice(1)],
  ]
  for (const other of others) expect(readAttestation(wrap(other)).ok).toBe(false)
  expect(readAttestation(`${toBase64url(body)}.${toBase64url(Uint8Array.of(...cose, 0))}`).ok).toBe(false)
  // A length in more octets than it needs (RFC 8949, 4.2.1).
  const long = Uint8Array.of(0xd2, 0x98, 0x04, ...cose.slice(2))
  expect(readAttestation(tokenOf(body, long)).ok).toBe(false)
})
