import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands, parseTranscript } from '../../src/at/index.ts'
import { checkKeyProof, type KeyProof, readAttestation, readKeyProof } from '../../src/identity/index.ts'
import { armour, readRequest, sha256Hex, verifyRequest } from '../../src/pki/index.ts'
import { fromUtf8, hex } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'
import { device } from '../support/device.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { keyPem, pair } from '../support/paper.ts'
import { scaled } from '../support/scale.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)
const lines = ['1.3.5', '2.0.2']

test.each(lines)(
  'mfw %s: a request of %KEYGEN has the shape, size and quirk of published output (KEY-08 to KEY-16)',
  (mfw) => {
    const lengths = Array.from({ length: scaled(1000, 20) }, (_, index) => {
      const made = device({}, index, mfw)
      const text = made.says('AT%KEYGEN=16842753,2,0')
      const proof = made.proof('AT%KEYGEN=16842754,2,0')
      const request = readRequest(proof.der)
      expect(request.ok && request.value.commonName).toBe(made.modem.identity.uuid)
      // KEY-15, KEY-16: the keyUsage that is asked for, and ecdsa-with-SHA256 with a NULL.
      expect(hex(proof.der)).toContain('0603551d0f0404030203e8')
      expect(hex(proof.der)).toContain('300c06082a8648ce3d0403020500')
      expect(text.split('.')[1]).toHaveLength(210)
      return proof.der.length
    })
    expect(Math.max(...lengths)).toBeLessThanOrEqual(271)
    // KEY-10; r and s are both shorter than usual in one of 65,536.
    expect(lengths.filter((length) => length >= 268).length / lengths.length).toBeGreaterThan(0.99)
    expect(new Set(lengths).size).toBeGreaterThan(1)
  },
)

test('octet for octet, only what differs between two modems differs from a published request of mfw 1.3.5 (KEY-09 to KEY-16)', () => {
  const log = parseTranscript(readFileSync(new URL('../transcripts/tokens.at', import.meta.url), 'utf8'))
  const line = log.find((entry) => entry.text.startsWith('%KEYGEN'))?.text ?? ''
  const real = readKeyProof(commands.keygen.answer.parse(line))
  const made = device()
  const ours = made.proof('AT%KEYGEN=16842753,2,0')
  if (!real.ok) throw new Error(real.refusal.text)
  /** Names, keys and signatures taken out. */
  const frame = (proof: KeyProof): string => {
    const request = readRequest(proof.der)
    const key = request.ok ? hex(request.value.spki).slice(-128) : '?'
    const name = hex(new TextEncoder().encode(proof.deviceUuid))
    const [head = '', tail = ''] = hex(proof.der).slice(8).replace(name, 'NAME').replace(key, 'KEY').split('0403020500')
    return `${head}|${tail.slice(0, 2)}`
  }
  expect(frame(ours)).toBe(frame(real.value))
  expect(ours.kind).toBe(real.value.kind)
})

test.each(lines)(
  'mfw %s: a born key is proven by the identity key, and by no other modem’s (KEY-28 to KEY-33)',
  async (mfw) => {
    const made = device({}, 0, mfw)
    const identityKey = made.identityKey()
    const expected = { tag: 42, deviceUuid: made.modem.identity.uuid, identityKey }
    const proof = made.proof('AT%KEYGEN=42,2,0')
    expect(await checkKeyProof(proof, expected)).toMatchObject({ ok: true, value: { covers: 'payload' } })
    const bare = made.proof('AT%KEYGEN=43,2,1')
    expect(bare.kind).toBe('public-key')
    expect(await checkKeyProof(bare, { ...expected, tag: 43 })).toMatchObject({ ok: true, value: { spki: bare.der } })
    const stranger = device({}, 1, mfw).identityKey()
    expect(await checkKeyProof(proof, { ...expected, identityKey: stranger })).toMatchObject({
      refusal: { code: 'wrong-signature' },
    })
  },
)

test('OPEN-22: a modem that signs the body too is understood as well', async () => {
  const made = device({ signs: 'payload and body' })
  const proof = made.proof('AT%KEYGEN=42,2')
  const checked = await checkKeyProof(proof, { tag: 42, identityKey: made.identityKey() })
  expect(checked).toMatchObject({ ok: true, value: { covers: 'payload and body' } })
})

test('the NULL is a switch, and our reader verifies the request with it and without it (KEY-16 to KEY-18)', async () => {
  for (const nullParameter of [true, false]) {
    const made = device({ nullParameter }, 0, '2.0.2')
    const request = readRequest(made.proof('AT%KEYGEN=42,2,0').der)
    expect(request.ok && (await verifyRequest(request.value))).toBe(true)
  }
})

withOpenssl('openssl accepts the request of a modem without the quirk, with its names and key usage', () => {
  const made = device({ nullParameter: false }, 0, '2.0.2')
  for (const [text, subject] of [
    ['AT%KEYGEN=42,2,0', `subject=CN=${made.modem.identity.uuid}`],
    [
      'AT%KEYGEN=43,2,0,"CN=board-7,O=Example,C=NO,serialNumber=12"',
      'subject=CN=board-7, O=Example, C=NO, serialNumber=12',
    ],
  ] as const) {
    const pem = armour({ label: 'CERTIFICATE REQUEST', der: made.proof(text).der })
    const told = output(openssl ?? '', ['req', '-verify', '-noout', '-subject', '-text'], pem)
    expect(told.replaceAll(' = ', '=')).toContain(subject)
    expect(told).toMatch(/Digital Signature, Non Repudiation, Key Encipherment, Key Agreement/)
  }
})

test('key usage and attributes are what was asked for; others than KEY-06 names are refused (KEY-06, KEY-07)', () => {
  const made = device({}, 0, '2.0.2')
  expect(hex(made.proof('AT%KEYGEN=42,2,0,"CN=x","100000000"').der)).toContain('0603551d0f040403020780')
  expect(made.modem.execute('AT%KEYGEN=43,2,0,"XX=x"').text).toBe('+CME ERROR: 0\r\n')
  expect(made.modem.execute('AT%KEYGEN=43,2,0,"CN="').text).toBe('+CME ERROR: 0\r\n')
})

test('the key behind a request is the one that TLS uses, and its digest cannot be foretold (DIG-07, KEY-23)', () => {
  const made = device({}, 0, '2.0.2')
  const request = readRequest(made.proof('AT%KEYGEN=42,2,0').der)
  const spki = request.ok ? request.value.spki : new Uint8Array()
  const key = fromUtf8(made.modem.tlsMaterial([42]).key ?? new Uint8Array())
  const spkiOfKey = createPublicKey(createPrivateKey(key)).export({ format: 'der', type: 'spki' })
  expect(hex(spkiOfKey)).toBe(hex(spki))
  const digest = /^%CMNG: 42,2,"([0-9A-F]{64})"\r\nOK\r\n$/.exec(made.modem.execute('AT%CMNG=1,42').text)?.[1]
  const foretold = [
    Buffer.from(key),
    spki,
    spki.slice(-65),
    createPrivateKey(key).export({ format: 'der', type: 'pkcs8' }),
  ]
  for (const bytes of foretold) expect(sha256Hex(bytes)).not.toBe(digest)
  expect(made.modem.execute('AT%CMNG=2,42,2').text).toBe('+CME ERROR: 514\r\n')
})

test('deleting a born key and making one anew gives another key (KEY-25)', () => {
  const made = device()
  const first = made.proof('AT%KEYGEN=42,2,1')
  expect(made.modem.execute('AT%CMNG=3,42,2').text).toBe('OK\r\n')
  const second = made.proof('AT%KEYGEN=42,2,1')
  expect(hex(second.der)).not.toBe(hex(first.der))
  expect(hex(second.nonce)).not.toBe(hex(first.nonce))
})

test('refusals come in the order of KEY-79: 0, 514, 518, 528, 515, 519 (KEY-19 to KEY-21)', () => {
  const made = device()
  const answers = (text: string): string => made.modem.execute(text).text
  expect(answers('AT%KEYGEN=42,2,0')).toContain('OK')
  expect(answers('AT%KEYGEN=42,2,0')).toBe('+CME ERROR: 519\r\n')
  for (const [from, size] of [
    [100, 4000],
    [200, 100],
  ] as const)
    for (let tag = from; tag < from + 40; tag++) answers(`AT%CMNG=0,${tag},4,"${'x'.repeat(size)}"`)
  expect(answers('AT%KEYGEN=43,2,0')).toBe('+CME ERROR: 515\r\n')
  made.modem.state.supply = 2900
  expect(answers('AT%KEYGEN=42,2,0')).toBe('+CME ERROR: 528\r\n')
  made.modem.execute('AT+CFUN=1')
  expect(answers('AT%KEYGEN=42,2,0')).toBe('+CME ERROR: 518\r\n')
  expect(answers('AT%KEYGEN=2147483648,2,0')).toBe('+CME ERROR: 514\r\n')
  // KEY-81
  expect(answers('AT%KEYGEN=42,8')).toBe('+CME ERROR: 514\r\n')
  expect(answers('AT%KEYGEN=42,3,0')).toBe('+CME ERROR: 0\r\n')
  expect(answers('AT%KEYGEN=42')).toBe('+CME ERROR: 0\r\n')
  expect(answers('AT%KEYGEN?')).toBe('+CME ERROR: 0\r\n')
})

test('OPEN-02: writing a key over a born one answers 519, or replaces it where the switch says so (CMNG-75)', async () => {
  const key = keyPem(await pair())
  for (const [overwrite, answer] of [
    ['error519', '+CME ERROR: 519\r\n'],
    ['replace', 'OK\r\n'],
  ] as const) {
    const made = device({ overwrite }, 0, '2.0.2')
    made.proof('AT%KEYGEN=42,2,0')
    expect(made.modem.execute(`AT%CMNG=0,42,2,"${key}"`).text).toBe(answer)
  }
})

test('mfw 1.0.0 knows neither %KEYGEN nor %ATTESTTOKEN (KEY-02, KEY-37)', () => {
  const { modem } = testBoard({ mfw: '1.0.0' })
  modem.execute('AT+CMEE=1')
  expect(modem.execute('AT%KEYGEN=42,2,0').text).toBe('+CME ERROR: 0\r\n')
  expect(modem.execute('AT%ATTESTTOKEN').text).toBe('+CME ERROR: 0\r\n')
  modem.execute('AT+CMEE=0')
  expect(modem.execute('AT%KEYGEN=42,2,0').text).toBe('ERROR\r\n')
})

test('an attestation token has 180 characters, holds the challenge, works while active and changes nothing (KEY-38 to KEY-44)', () => {
  for (const [mfw, chip] of [
    ['1.3.5', 3],
    ['2.0.2', 6],
  ] as const) {
    const made = device({}, 0, mfw)
    made.modem.execute('AT+CFUN=1')
    const before = made.modem.execute('AT%CMNG=1').text
    const challenge = '90115C20ac3f381b520b43c76bd5d99c'
    const text = made.says(`AT%ATTESTTOKEN="${challenge}"`)
    expect(text).toHaveLength(180)
    const read = readAttestation(text)
    expect(read).toMatchObject({ ok: true, value: { deviceUuid: made.modem.identity.uuid, deviceType: chip, kid: -2 } })
    expect(read.ok && hex(read.value.nonce)).toBe(challenge.toLowerCase())
    expect(made.says('AT%ATTESTTOKEN')).not.toBe(made.says('AT%ATTESTTOKEN'))
    expect(made.modem.execute('AT%CMNG=1').text).toBe(before)
    expect(made.modem.execute('AT%ATTESTTOKEN="12"').text).toBe('+CME ERROR: 0\r\n')
  }
})

test('the identity key is the modem’s for ever: no loss, no deletion and no restart changes it (CMNG-94)', () => {
  const made = device()
  const before = made.identityKey()
  expect(made.modem.execute('AT%CMNG=3,4294967294,6').text).toBe('+CME ERROR: 514\r\n')
  made.modem.store.lose(4_294_967_294)
  made.modem.restart()
  expect(hex(made.identityKey())).toBe(hex(before))
  expect(hex(device().identityKey())).toBe(hex(before))
})

test('a power event takes born keys like written ones', () => {
  const made = device()
  made.proof('AT%KEYGEN=42,2,0')
  made.modem.store.lose(42)
  expect(made.modem.execute('AT%CMNG=1,42').text).toBe('OK\r\n')
})

test('mfw 1.3.5 checks no content, refuses at low supply, has factory entries and no %DEVICEUUID (ID-31, ID-34 to ID-45)', () => {
  const made = device()
  expect(made.modem.execute('AT%CMNG=0,42,0,"hello"').text).toBe('OK\r\n')
  expect(made.modem.execute('AT%DEVICEUUID').text).toBe('+CME ERROR: 0\r\n')
  expect(made.modem.execute('AT%HWVERSION').text).toBe('%HWVERSION: nRF9160 SICA B1A\r\nOK\r\n')
  expect(made.modem.execute('AT%CMNG=1').text.match(/429496729[234],/g)).toHaveLength(3)
  made.modem.state.supply = 2900
  expect(made.modem.execute('AT%CMNG=0,42,0,"hello"').text).toBe('+CME ERROR: 528\r\n')
})
