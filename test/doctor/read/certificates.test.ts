import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagnose, type Evidence, LineSplitter, Reading, textEvidence } from '../../../src/doctor/index.ts'
import { readEvidence } from '../../../src/doctor/read/reading.ts'
import { armour, parsePem, readCertificate } from '../../../src/pki/index.ts'
import { type Bytes, utf8 } from '../../../src/terms/index.ts'
import { shareOf, verdictOn } from '../../support/evidence.ts'
import { certificate, freshPaper, pair, paper } from '../../support/paper.ts'
import { scaled } from '../../support/scale.ts'

function shown(text: string): (string | undefined)[] {
  const { facts } = readEvidence(textEvidence('x', text))
  return facts.flatMap((fact) => (fact.kind === 'certificate' ? [fact.value.is, fact.value.fault] : []))
}

const file = (body: Bytes): Evidence => ({ ...textEvidence('x', ''), body })
const derOf = (pem: string): Bytes => parsePem(pem).blocks[0]?.der ?? new Uint8Array()

test('a certificate that is pasted by itself is read, whole or in whatever way its line ends were lost', async () => {
  const { ca, certificate: leaf } = await paper()
  expect(shown(ca)).toEqual(['authority', undefined])
  expect(shown(`here is my file:\n${leaf.replaceAll('\n', '\r\n')}\nthanks\n`)).toEqual(['leaf', undefined])
  expect(shown(ca.replaceAll('\n', ''))).toEqual(['authority', 'it has no line ends'])
  expect(shown(leaf.replaceAll('\n', ' '))).toEqual(['leaf', 'blanks stand for its line ends'])
  expect(shown(`"ca": "${ca.replaceAll('\n', '\\n')}"`)).toEqual(['authority', 'its line ends are written as escapes'])
  expect(shown(`${leaf}${ca}`)).toEqual(['leaf', undefined, 'authority', undefined])
  expect(shown('-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n')).toEqual(['unreadable', undefined])
})

test('a credential in a write or a read-back is told as what its slot holds, and not once more', async () => {
  const { ca } = await paper()
  expect(shown(`AT%CMNG=0,42,0,"${ca}"\nOK\n`)).toEqual([])
  expect(shown(`AT%CMNG=2,42,0\n%CMNG: 42,0,"${'00'.repeat(32)}","${ca}"\nOK\n`)).toEqual([])
})

test('what a pasted certificate is, its dates and its size stand in a note, with the line', async () => {
  const { certificate: leaf } = await paper()
  const note = verdictOn(`my certificate\n${leaf}`).notes.find(({ code }) => code === 'certificate')
  expect(note?.words).toMatch(
    /: a certificate that signs no other, EC P-256, valid from \d{4}-\S+Z until \d{4}-\S+Z, \d+ bytes of DER$/,
  )
  expect(note?.reason?.from.line).toBe(2)
  const late = verdictOn(`${leaf}AT+CCLK?\n+CCLK: "69/01/01,00:00:00+00"\nOK\n`).notes
  expect(late.map(({ words }) => words).join()).toContain('which was over when the logs were written')
})

test('a modem whose clock stands before a pasted certificate begins has no clock', async () => {
  const { certificate: leaf } = await paper()
  const clock = 'AT+CCLK?\n+CCLK: "19/01/01,00:00:00+00"\nOK\n'
  expect(shareOf(verdictOn(`${clock}${leaf}`), 'clock-not-set')).toBeGreaterThan(0)
  expect(shareOf(verdictOn(clock), 'clock-not-set')).toBe(0)
})

test('a certificate and a public key alone in one file are a pair or not', async () => {
  const { certificate: leaf } = await paper()
  const half = (pem: string): string => armour({ label: 'PUBLIC KEY', der: readCertificate(derOf(pem)).spki })
  const other = await certificate(await pair())
  const cause = 'key-cert-mismatch'
  expect(shareOf(verdictOn(`${leaf}${half(other)}`), cause)).toBeGreaterThan(0.5)
  expect(shareOf(verdictOn(`${leaf}${half(leaf)}`), cause)).toBe(0)
  expect(shareOf(verdictOn(`${leaf}and of another board\n${half(other)}`), cause)).toBe(0)
})

test('a DER file is read like its PEM text, also byte by byte, and a key in one is struck out at the door', async () => {
  const { ca } = await paper()
  const { key } = await freshPaper()
  const { notes } = diagnose([file(derOf(ca))])
  expect(notes.map(({ code }) => code)).toContain('certificate')
  expect(notes).toEqual(diagnose([file(utf8(armour({ label: 'CERTIFICATE', der: derOf(ca) })))]).notes)
  const reading = new Reading(textEvidence('x', ''))
  const splitter = new LineSplitter((line) => reading.line(line))
  for (const byte of derOf(key)) splitter.bytes(Uint8Array.of(byte))
  splitter.end()
  expect(reading.end()).toMatchObject({ facts: [], struck: 3 })
})

test('what begins like DER and is none, or is cut, loses no line and crashes nothing', async () => {
  const { ca, key } = await paper()
  expect(readEvidence(file(utf8('0\n'))).lines).toBe(1)
  expect(shareOf(diagnose([file(utf8('07:00 +CEREG\n%XSIM: 0,9\n'))]), 'sim-failure')).toBeGreaterThan(0.5)
  const files = [derOf(ca), derOf(key)]
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      (der, cut, at, byte) => {
        const broken = Uint8Array.from(der)
        broken[at % der.length] = byte
        readEvidence(file(broken))
        readEvidence(file(der.slice(0, cut % der.length)))
      },
    ),
    { numRuns: scaled(2000) },
  )
})
