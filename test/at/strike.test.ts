import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Striker, struckMark } from '../../src/at/index.ts'
import { parsePem } from '../../src/pki/index.ts'
import { hex, Secret, utf8 } from '../../src/terms/index.ts'
import { freshPaper, paper } from '../support/paper.ts'
import { secretWindows, seen } from '../support/secrets.ts'

const printed: [string, (pem: string) => string][] = [
  ['as it is', (pem) => pem],
  ['with CR LF', (pem) => pem.replaceAll('\n', '\r\n')],
  ['with escaped line ends', (pem) => JSON.stringify(pem)],
  ['with doubly escaped line ends', (pem) => JSON.stringify(JSON.stringify(pem))],
  ['flattened to one line', (pem) => pem.replaceAll('\n', ' ')],
  ['without header and footer', (pem) => pem.replaceAll(/-----[^-]+-----/g, '')],
  [
    'as base64url',
    (pem) =>
      pem
        .replaceAll(/-----[^-]+-----|\n/g, '')
        .replaceAll('+', '-')
        .replaceAll('/', '_'),
  ],
  ['as hexadecimal of its DER', (pem) => hex(parsePem(pem).blocks[0]?.der ?? new Uint8Array())],
  ['as hexadecimal of its text', (pem) => hex(utf8(pem))],
  ['cut in the middle', (pem) => pem.slice(40, 190)],
]

test.each(printed)('a known key %s leaves no window of 24 characters', async (_, print) => {
  const { key } = await paper()
  const striker = new Striker()
  striker.know(new Secret(utf8(key)))
  for (const line of [print(key), `log: ${print(key)} end`]) {
    expect(seen(line, secretWindows(key)), 'the search finds it before').not.toEqual([])
    expect(seen(striker.line(line).text, secretWindows(key))).toEqual([])
  }
})

test('a key that nobody told us of is struck by its shape, also over several lines', async () => {
  const { key } = await paper()
  const striker = new Striker()
  const lines = key
    .trimEnd()
    .split('\n')
    .map((line) => striker.line(line).text)
  expect(lines.join('\n')).toBe('-----BEGIN PRIVATE KEY-----\n<struck>\n<struck>\n<struck>\n-----END PRIVATE KEY-----')
})

test('what comes after a whole key on one line, or on the next, is not struck', async () => {
  const { key } = await paper()
  const striker = new Striker()
  expect(striker.line(`${key} after`).text).toBe('-----BEGIN PRIVATE KEY-----<struck>-----END PRIVATE KEY-----\n after')
  expect(striker.line('AT+CFUN?').text).toBe('AT+CFUN?')
})

test('keys, PSKs and passwords on their way into a slot are struck by their place, cut or whole', () => {
  const striker = new Striker()
  expect(striker.line('AT%CMNG=0,42,3,"6e7266393174657374"').text).toBe('AT%CMNG=0,42,3,"<struck>"')
  expect(striker.line('at%cmng = 0, 42, 3, "6e72663931').text).toBe('at%cmng = 0, 42, 3, "<struck>')
  expect(striker.line('AT%CMNG=0,42,1,"cert","password"').text).toBe('AT%CMNG=0,42,1,"cert","<struck>"')
  expect(striker.line('AT+CPIN="1234"').text).toBe('AT+CPIN="<struck>"')
  expect(striker.line('AT+CPWD="SC","1234","5678"').text).toBe('AT+CPWD="SC","<struck>","<struck>"')
})

test('what is no secret stays as it is', () => {
  const striker = new Striker()
  striker.know(new Secret(utf8('-----BEGIN PRIVATE KEY-----\nAAAABBBBCCCCDDDDEEEEFFFF\n-----END PRIVATE KEY-----\n')))
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'xyz0123456789 ,":%+'.split('')) }), (text) => {
      const free = text.replaceAll('%CMNG', '')
      expect(new Striker().line(free)).toEqual({ text: free, struck: 0 })
      expect(striker.line(free)).toEqual({ text: free, struck: 0 })
    }),
  )
})

test('a key that never ends swallows nothing of what comes after it but its own lines', async () => {
  const { key } = await freshPaper()
  const [begin = '', ...body] = key.trim().split('\n').slice(0, -1)
  const striker = new Striker()
  const said = (text: string): string => striker.line(text).text
  expect(said(begin)).toBe(begin)
  expect(said(body[0] ?? '')).toBe(struckMark)
  expect(said('[00:00:01.000,000] <err> app: mqtt_connect failed, error -45')).toContain('error -45')
  expect(said(body[1] ?? ''), 'another speaker in between does not end the key').toBe(struckMark)
  expect(said('-----BEGIN CERTIFICATE-----')).toContain('BEGIN CERTIFICATE')
  expect(said('MIIBszCCAVmgAwIBAgIUQm')).toBe('MIIBszCCAVmgAwIBAgIUQm')
})

test('what goes on for longer than any key is a key no more', () => {
  const striker = new Striker()
  striker.line('-----BEGIN PRIVATE KEY-----')
  const lines = Array.from({ length: 400 }, () => striker.line('A'.repeat(64)).text)
  expect(lines.slice(0, 200).every((text) => text === struckMark)).toBe(true)
  expect(lines.at(-1)).toBe('A'.repeat(64))
})
