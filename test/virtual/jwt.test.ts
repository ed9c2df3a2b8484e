import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseTranscript } from '../../src/at/index.ts'
import {
  checkJwt,
  checkKeyProof,
  commonKey,
  type DeviceJwt,
  fromBase64url,
  isSignedBy,
  readAttestation,
  readJwt,
  readKeyProof,
  toBase64url,
} from '../../src/identity/index.ts'
import { type Bytes, fromUtf8 } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'
import { device } from '../support/device.ts'
import { figure } from '../support/figures.ts'
import { keyPem, pair } from '../support/paper.ts'
import { sampled, scaled } from '../support/scale.ts'

const lines = ['1.3.5', '2.0.2']

function read(text: string): DeviceJwt {
  const token = readJwt(text)
  if (!token.ok) throw new Error(token.refusal.text)
  return token.value
}

/** Register, so that the modem knows the time; then off again. */
async function withTime(made: ReturnType<typeof device>): Promise<void> {
  made.modem.execute('AT+CFUN=1')
  await new Promise<void>((resolve) => {
    const deaf = made.modem.listen((line) => {
      if (!line.startsWith('+CEREG: 1')) return
      deaf()
      resolve()
    })
    made.modem.execute('AT+CEREG=1')
  })
}

test.each(lines)(
  'mfw %s: a %JWT without a tag is signed by the identity key that its other tokens give away, and says who it is (KEY-49, KEY-52)',
  async (mfw) => {
    const made = device({}, 0, mfw)
    const text = made.says('AT%JWT')
    const token = read(text)
    const key = made.identityKey()
    expect((await checkJwt(token, { key, deviceUuid: made.modem.identity.uuid })).ok).toBe(true)
    expect(commonKey([token, made.attestation()])).toEqual(key)
    expect(token).toMatchObject({ chip: mfw === '2.0.2' ? 'nRF9151' : 'nRF9160' })
    expect(token.id).toMatch(/^nRF91(?:60|51)\.[0-9a-f-]{36}\.[0-9a-f]{32}$/)
    expect(made.says('AT%JWT')).not.toBe(text)
  },
)

test.each(lines)('M74 on mfw %s: a %JWT without an expiry carries neither exp nor iat (KEY-50)', (mfw) => {
  const made = device({}, 0, mfw)
  for (const command of ['AT%JWT', 'AT%JWT=0', 'AT%JWT=0,0,"",""']) {
    const claims = JSON.parse(fromUtf8(fromBase64url(made.says(command).split('.')[1] ?? '') ?? new Uint8Array()))
    expect(Object.keys(claims)).toEqual(['iss', 'jti'])
  }
})

test('with an expiry it needs a clock, which network or application have given; else 525 (KEY-51, KEY-53, KEY-55)', async () => {
  const made = device()
  expect(made.modem.execute('AT%JWT=0,300').text).toBe('+CME ERROR: 525\r\n')
  await withTime(made)
  const usual = made.says('AT%JWT=0,300,"",""')
  expect(usual.length).toBeGreaterThanOrEqual(420)
  expect(usual.length).toBeLessThanOrEqual(820)
  const token = read(made.says('AT%JWT=0,300,"me","cloud.example.com"'))
  expect(token).toMatchObject({ subject: 'me', audience: 'cloud.example.com' })
  const { expiresAt = 0, issuedAt = 0 } = token
  expect(expiresAt - issuedAt).toBe(300_000)
  const expected = { key: made.identityKey(), now: issuedAt }
  expect((await checkJwt(token, expected)).ok).toBe(true)
  expect(await checkJwt(token, { ...expected, now: expiresAt + 60_001 })).toMatchObject({
    refusal: { code: 'expired' },
  })
  expect(await checkJwt(token, { ...expected, now: issuedAt - 60_001 })).toMatchObject({ refusal: { code: 'not-yet' } })
  expect(await checkJwt(token, { ...expected, deviceUuid: 'another' })).toMatchObject({
    refusal: { code: 'wrong-device' },
  })
  const other = device()
  other.modem.execute('AT+CCLK="26/11/22,07:55:00+04"')
  expect(read(other.says('AT%JWT=0,60')).issuedAt).toBe(Date.UTC(2026, 10, 22, 6, 55))
})

test('a tag names the key: born or written, and Node’s own crypto agrees (KEY-46, KEY-47)', async () => {
  const made = device()
  const proof = made.proof('AT%KEYGEN=42,2,1')
  const written = await pair()
  made.modem.execute(`AT%CMNG=0,43,2,"${keyPem(written)}"`)
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', written.web.publicKey))
  for (const [tag, der] of [
    [42, proof.der],
    [43, spki],
  ] as const) {
    const text = made.says(`AT%JWT=0,0,"","",${tag},2`)
    const [head = '', body = '', signature = ''] = text.split('.')
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
    const signed = Buffer.from(`${head}.${body}`)
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true)
    const token = read(text)
    expect((await checkJwt(token, { key: Uint8Array.from(der.slice(-65)) })).ok).toBe(true)
    expect(await checkJwt(token, { key: made.identityKey() })).toMatchObject({ refusal: { code: 'wrong-signature' } })
    // KEY-82
    expect(token.keyDigest).toBe(createHash('sha256').update(der).digest('hex'))
  }
})

test('KEY-82 (OPEN): without a name of its key in the head a token is understood as well', async () => {
  const made = device({ jwtNamesKey: false })
  const token = read(made.says('AT%JWT'))
  expect(token.keyDigest).toBeUndefined()
  expect((await checkJwt(token, { key: made.identityKey() })).ok).toBe(true)
})

test('refusals of %JWT: 50 parameters, 513 no key, 514 a key that cannot sign, 0 before mfw 1.3 (KEY-46, KEY-55, KEY-84)', async () => {
  const made = device()
  const rsa = await pair('RSA')
  made.modem.execute(`AT%CMNG=0,7,2,"${keyPem(rsa)}"`)
  made.modem.execute('AT%CMNG=0,8,2,"no key"')
  const answers: [string, string][] = [
    ['AT%JWT=1', '50'],
    ['AT%JWT=0,0,"","",42', '50'],
    ['AT%JWT=0,0,"","",,2', '50'],
    ['AT%JWT=0,0,"","",42,3', '50'],
    ['AT%JWT=0,0,"","",42,2', '513'],
    ['AT%JWT=0,0,"","",42,8', '513'],
    ['AT%JWT=0,0,"","",7,2', '514'],
    ['AT%JWT=0,0,"","",8,2', '514'],
    ['AT%JWT?', '0'],
    ['AT%JWT=x', '0'],
  ]
  for (const [command, code] of answers)
    expect(made.modem.execute(command).text, command).toBe(`+CME ERROR: ${code}\r\n`)
  const { modem } = testBoard({ mfw: '1.0.0' })
  expect(modem.execute('AT%JWT').text).toBe('ERROR\r\n')
})

test('it works while the modem is active and with no credential at all, and changes nothing (KEY-83)', () => {
  const made = device()
  made.modem.execute('AT+CFUN=1')
  const before = made.modem.execute('AT%CMNG=1').text
  read(made.says('AT%JWT'))
  expect(made.modem.execute('AT%CMNG=1').text).toBe(before)
})

test('the dialogue of the %JWT page replays; its tokens differ in what is random', () => {
  const entries = parseTranscript(readFileSync(new URL('../transcripts/jwt.at', import.meta.url), 'utf8'))
  const { modem } = testBoard({ seed: 'transcript' })
  const shape = (text: string): string => text.replaceAll(/"[\w.-]{100,}"/g, '"…"')
  let answer: string[] = []
  for (const { direction, text } of entries) {
    if (direction === '>') {
      expect(answer).toEqual([])
      answer = modem.execute(text).text.trimEnd().split('\r\n')
    }
    if (direction === '<') expect(shape(answer.shift() ?? '')).toBe(shape(text))
  }
})

/** Every octet string that differs from this one in one bit; a sample of them where the scale is small. */
function flipped(octets: Bytes): Bytes[] {
  const bits = sampled(
    Array.from({ length: octets.length * 8 }, (_, bit) => bit),
    60,
  )
  return bits.map((bit) => octets.map((octet, at) => (at === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet)))
}

test('a token, a proof and a JWT hold under the recovered key, and with any single bit changed none of them does (KEY-33 to KEY-36, KEY-49)', async () => {
  const counts = { devices: 0, genuine: 0, changed: 0, believed: 0 }
  for (let index = 0; index < scaled(2, 2); index++) {
    const made = device({ signs: index % 2 === 0 ? 'payload' : 'payload and body' }, index)
    const key = made.identityKey()
    counts.devices++
    const texts = [made.says('AT%ATTESTTOKEN'), made.says(`AT%KEYGEN=${index},2,${index % 2}`), made.says('AT%JWT')]
    const tag = index
    const checks: ((text: string) => Promise<boolean>)[] = [
      (text) => isAttestedBy(text, key),
      (text) => isProven(text, tag, key),
      (text) => isSignedJwt(text, key),
    ]
    for (const [kind, text] of texts.entries()) {
      const believes = async (candidate: string): Promise<boolean> => (await checks[kind]?.(candidate)) === true
      counts.genuine += (await believes(text)) ? 1 : 0
      const parts = text.split('.').map((part) => fromBase64url(part) ?? new Uint8Array())
      for (const [at, part] of parts.entries()) {
        for (const changed of flipped(part)) {
          counts.changed++
          const candidate = parts.map((other, index) => toBase64url(index === at ? changed : other)).join('.')
          if (await believes(candidate)) counts.believed++
        }
      }
    }
  }
  figure('signed-bits', counts)
  expect(counts.genuine).toBe(counts.devices * 3)
  expect(counts.believed).toBe(0)
}, 300_000)

/** The number of the key is not signed, so a reader looks at it (KEY-27). */
async function isAttestedBy(text: string, key: Bytes): Promise<boolean> {
  const token = readAttestation(text)
  return token.ok && token.value.kid === -2 && (await isSignedBy(token.value, key))
}

async function isProven(text: string, tag: number, identityKey: Bytes): Promise<boolean> {
  const proof = readKeyProof(text)
  return proof.ok && (await checkKeyProof(proof.value, { tag, identityKey })).ok
}

async function isSignedJwt(text: string, key: Bytes): Promise<boolean> {
  const token = readJwt(text)
  return token.ok && (await checkJwt(token.value, { key })).ok
}
