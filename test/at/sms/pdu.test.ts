import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sms } from '../../../src/at/index.ts'
import { fromHex, hex } from '../../../src/terms/index.ts'
import { figure } from '../../support/figures.ts'
import { scaled } from '../../support/scale.ts'

const basicText = fc.string({
  unit: fc.constantFrom(...'@£èÇ\nØΔ_Φ !"#¤%&0129:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€'),
  maxLength: 70,
})
const header = fc.array(
  fc.record({ id: fc.nat(255), octets: fc.uint8Array({ maxLength: 5 }).map((octets) => Uint8Array.from(octets)) }),
  { minLength: 1, maxLength: 2 },
)
const plain: fc.Arbitrary<sms.UserData> = fc.oneof(
  basicText.map((text) => ({ alphabet: 'gsm7' as const, text })),
  fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => ({ alphabet: 'ucs2' as const, text: text.slice(0, 60) })),
  fc.uint8Array({ maxLength: 120 }).map((octets) => ({ alphabet: 'octets' as const, octets: Uint8Array.from(octets) })),
)
const data = fc.oneof(
  plain,
  fc.tuple(header, plain).map(([elements, body]) => ({ header: elements, ...body })),
)
const number = fc
  .tuple(fc.constantFrom('+', ''), fc.string({ unit: fc.constantFrom(...'0123456789*#'), minLength: 1, maxLength: 15 }))
  .map((parts) => parts.join(''))
const moment = fc.integer({ min: Date.UTC(2000) / 1000, max: Date.UTC(2099) / 1000 }).map((seconds) => seconds * 1000)

test('what is formatted is read back: messages to a centre, messages from it and reports, with any header and alphabet', () => {
  fc.assert(
    fc.property(number, fc.nat(255), fc.boolean(), data, (to, reference, wantsReport, carried) => {
      const pdu = { kind: 'submit', to, reference, wantsReport, data: carried } as const
      expect(sms.readSubmit(sms.formatPdu(pdu))).toEqual({ ok: true, value: pdu })
    }),
    { numRuns: scaled(20_000, 300) },
  )
  fc.assert(
    fc.property(fc.oneof(number, fc.constantFrom('Operator', 'INFO 24')), moment, data, (from, at, carried) => {
      const pdu = { kind: 'deliver', from, at, data: carried } as const
      expect(sms.readDeliver(sms.formatPdu(pdu))).toEqual({ ok: true, value: pdu })
    }),
    { numRuns: scaled(20_000, 300) },
  )
  fc.assert(
    fc.property(number, moment, moment, fc.nat(255), fc.nat(255), (to, at, done, reference, status) => {
      const pdu = { kind: 'report', to, at, done, reference, status } as const
      expect(sms.readReport(sms.formatPdu(pdu))).toEqual({ ok: true, value: pdu })
    }),
  )
})

test('a published message to a centre and one from it read as their pages say, and ours are the same octets (SMS-21)', () => {
  // Both are the examples of a well-known tutorial on PDU mode (SMS-28).
  const out = sms.readPduText('0011000B916407281553F80000AA0AE8329BFD4697D9EC37', 23)
  const submit = out.ok ? sms.readSubmit(out.value.octets) : out
  expect(submit).toMatchObject({ value: { to: '+46708251358', data: { alphabet: 'gsm7', text: 'hellohello' } } })
  const text = '07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07'
  const came = sms.readPduText(text, 30)
  if (!came.ok) throw new Error(came.refusal.text)
  expect(came.value.centre).toBe('+31624000000')
  const read = sms.readDeliver(came.value.octets)
  if (!read.ok) throw new Error(read.refusal.text)
  expect(read.value).toMatchObject({ from: '+31641600986', data: { text: 'How are you?' } })
  // Bit 3 of the last octet is a sign: a zone of minus nothing.
  expect(new Date(read.value.at).toISOString()).toBe('2002-08-26T19:37:41.000Z')
  const ours = sms.formatPdu({ ...read.value, at: Date.UTC(2002, 7, 26, 19, 37, 41) })
  expect(sms.pduText(ours, '+31624000000').text).toBe(text.replace('20806291731408', '20806291731400'))
})

test('the example report of the AT reference reads, once the octet that it lacks is put back (SMS-29)', () => {
  const printed = '060C91534810325476171160316255001711603152120000'
  expect(sms.readPduText(printed, 25).ok).toBe(false)
  const whole = fromHex(`0607${printed.slice(2)}`)
  expect(whole).toHaveLength(25)
  expect(sms.readReport(whole)).toMatchObject({
    ok: true,
    value: { reference: 7, to: '+358401234567', status: 0, at: Date.UTC(2071, 10, 6, 13, 26, 55) },
  })
})

test('the request that the SDK’s library writes is the one that we write: 21, no centre, international (SMS-21)', () => {
  const data = { alphabet: 'gsm7', text: 'Moi' } as const
  const octets = sms.formatPdu({ kind: 'submit', to: '+358401234567', reference: 0, wantsReport: true, data })
  expect(sms.pduText(octets)).toEqual({ text: '0021000C91534810325476000003CD771A', length: 16 })
})

test('characters: the extension table counts twice, and what the alphabet lacks makes the text wide (SMS-22, SMS-23)', () => {
  expect(['_', '-', '€', '[', 'Blåbær æøå é', '"%+,'].map(sms.alphabetFor)).toEqual(Array(6).fill('gsm7'))
  expect(['ç', 'Ж', '😀', '`'].map(sms.alphabetFor)).toEqual(Array(4).fill('ucs2'))
  expect(sms.messagesFor('€'.repeat(80), 0)).toHaveLength(1)
  expect(sms.messagesFor('€'.repeat(81), 0)).toHaveLength(2)
  expect(sms.messagesFor('ж'.repeat(71), 0)).toHaveLength(2)
})

test('a %CMNG line is one message, a token of 180 characters two, and one of 571 four (SMS-24, SMS-25)', () => {
  const counts = [`%CMNG: 16842753,0,"${'A'.repeat(64)}"`, 'x'.repeat(180), 'x'.repeat(571)]
  expect(counts.map((text) => sms.messagesFor(text, 1)?.length)).toEqual([1, 2, 4])
})

test('any text is carried by its messages, in any order and with any of them twice (SMS-19, SMS-20)', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '%', '[', '€', '"', '\n'), maxLength: 1500 }),
    fc.string({ unit: fc.constantFrom('ж', '😀', 'a'), maxLength: 500 }),
  )
  fc.assert(
    fc.property(text, fc.nat(255), fc.infiniteStream(fc.nat()), (whole, reference, dice) => {
      const messages = sms.messagesFor(whole, reference) ?? []
      fc.pre(messages.length <= sms.libraryLimits.parts)
      const posted = messages.map((carried) => sms.formatPdu({ kind: 'deliver', from: '+47', at: 0, data: carried }))
      for (const octets of posted) expect(octets.length).toBeLessThanOrEqual(140 + 14)
      const order = [...posted, ...posted.slice(1)].sort(() => ((dice.next().value ?? 0) % 3) - 1)
      let assembly = sms.emptyAssembly
      const heard: string[] = []
      for (const octets of order) {
        const read = sms.readDeliver(octets)
        if (!read.ok) throw new Error(read.refusal.text)
        const step = sms.assemble(assembly, read.value, 0)
        assembly = step.assembly
        if (step.whole !== undefined) heard.push(step.whole.text)
      }
      expect(heard).toEqual([whole])
    }),
    { numRuns: scaled(3000, 100) },
  )
})

test('parts that do not come within three minutes are dropped, and so is a text of more than ten (SMS-20)', () => {
  const [first, second] = sms.messagesFor('x'.repeat(200), 9) ?? []
  if (first === undefined || second === undefined) throw new Error('two parts')
  const message = (data: sms.UserData): sms.SmsDeliver => ({ kind: 'deliver', from: '+47', at: 0, data })
  const begun = sms.assemble(sms.emptyAssembly, message(first), 0).assembly
  expect(sms.assemble(begun, message(second), 179_999).whole?.text).toHaveLength(200)
  expect(sms.assemble(begun, message(second), 180_000).whole).toBeUndefined()
  let assembly = sms.emptyAssembly
  for (const part of sms.messagesFor('x'.repeat(1600), 9) ?? []) {
    const step = sms.assemble(assembly, message(part), 0)
    assembly = step.assembly
    expect(step.whole).toBeUndefined()
  }
})

test('no octets at all break the readers: they read, or say in a value what is wrong, and quote nothing', () => {
  const good = [
    sms.formatPdu({
      kind: 'submit',
      to: '+49',
      reference: 0,
      wantsReport: true,
      data: { alphabet: 'gsm7', text: 'abc' },
    }),
    sms.formatPdu({ kind: 'deliver', from: '+49', at: 0, data: { alphabet: 'ucs2', text: 'жж' } }),
    sms.formatPdu({ kind: 'report', to: '+49', at: 0, done: 0, reference: 1, status: 0 }),
  ].map((octets) => [...octets])
  const spoiled = fc
    .tuple(fc.constantFrom(...good), fc.nat(40), fc.nat(255), fc.nat(3))
    .map(([octets, at, value, kind]) => {
      if (kind === 0) return octets.slice(0, at)
      if (kind === 1) return [...octets, value]
      return octets.map((octet, index) => (index === at ? value : octet))
    })
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((octets) => [...octets]),
    spoiled,
  )
  const counts = { runs: 0, read: 0, refused: 0 }
  const readers = [sms.readSubmit, sms.readDeliver, sms.readReport]
  fc.assert(
    fc.property(any, (octets) => {
      for (const reader of readers) {
        counts.runs++
        const read = reader(Uint8Array.from(octets))
        counts[read.ok ? 'read' : 'refused']++
        if (!read.ok) expect(read.refusal.text.length).toBeLessThan(80)
        // What is read, whatever its header says, can be put together with others.
        if (read.ok && read.value.kind !== 'report')
          sms.assemble(sms.emptyAssembly, { kind: 'deliver', from: '+1', at: 0, data: read.value.data }, 0)
      }
    }),
    { numRuns: scaled(100_000, 2000) },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.uint8Array({ maxLength: 60 }).map((octets) => hex(octets)),
      ),
      fc.nat(200),
      (text, length) => {
        counts.runs++
        counts[sms.readPduText(text, length).ok ? 'read' : 'refused']++
      },
    ),
    { numRuns: scaled(100_000, 2000) },
  )
  figure('fuzz-pdu', counts)
  expect(counts.read + counts.refused).toBe(counts.runs)
})
