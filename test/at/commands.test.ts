import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Command, commands, commandText, parseTranscript, splitCommand, splitLines } from '../../src/at/index.ts'

const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count })
const content = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => bytes.filter((byte) => byte !== 0x22))
const tag = fc.nat(4_294_967_295)
const token = fc
  .tuple(fc.base64String({ minLength: 4 }), fc.base64String({ minLength: 4 }))
  .map((halves) => halves.map((half) => half.replaceAll(/\+/g, '-').replaceAll('/', '_').replaceAll('=', '')).join('.'))
const words = fc.constantFrom('nRF9160-SICA', 'Nordic Semiconductor ASA')
const time = fc.record({
  at: fc
    .integer({ min: Date.UTC(2000, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 })
    .map((seconds) => seconds * 1000),
  zone: fc.integer({ min: -48, max: 48 }),
})
const commandTexts = fc.constantFrom('%CMNG=3,42,5', '+CFUN?', '%CMNG=0,42,4,"a;b"')

/** Every command with values that it can carry: its requests, and its answers. */
const samples: [string, Command<never, never>, fc.Arbitrary<unknown>, fc.Arbitrary<unknown>][] = [
  ['at', commands.at, fc.constant(undefined), fc.constant(undefined)],
  ['cgmi', commands.cgmi, fc.constant(undefined), words],
  ['cgmm', commands.cgmm, fc.constant(undefined), words],
  ['cgmr', commands.cgmr, fc.constant(undefined), fc.constantFrom('mfw_nrf9160_1.3.5', 'mfw_nrf91x1_2.0.2-FOTA-TEST')],
  ['cgsn', commands.cgsn, fc.constant(undefined), digits(15)],
  ['cgsnImei', commands.cgsnImei, fc.constant({}), digits(15).map((imei) => ({ imei }))],
  ['cgsnSerial', commands.cgsnSerial, fc.constant({}), digits(15)],
  ['cgsnImeisv', commands.cgsnImeisv, fc.constant({}), digits(16).map((imeisv) => ({ imeisv }))],
  ['cgsnSoftware', commands.cgsnSoftware, fc.constant({}), digits(2).map((version) => ({ version }))],
  ['cgsnTest', commands.cgsnTest, fc.constant(undefined), fc.constant([0, 1, 2, 3])],
  ['cimi', commands.cimi, fc.constant(undefined), digits(15)],
  ['shortswver', commands.shortswver, fc.constant(undefined), fc.constantFrom('nrf9160_1.1.2', 'nrf91x1_2.0.2')],
  ['xmodemuuid', commands.xmodemuuid, fc.constant(undefined), fc.uuid()],
  ['claimToken', commands.claimToken, fc.oneof(fc.record({ tag }), fc.record({ tag, challenge: digits(32) })), token],
  ['hwversion', commands.hwversion, fc.constant(undefined), fc.constantFrom('nRF9160 SICA B0A', 'nRF9161 LACA A0A')],
  ['deviceUuid', commands.deviceUuid, fc.constant(undefined), fc.uuid()],
  ['xiccid', commands.xiccid, fc.constant(undefined), digits(19).map((iccid) => `${iccid}F`)],
  ['xvbat', commands.xvbat, fc.constant(undefined), fc.nat(5000)],
  [
    'xmqttcfg',
    commands.xmqttcfg,
    fc.record({ clientId: words, keepAlive: fc.nat(0xffff), clean: fc.nat(1) }, { requiredKeys: ['clientId'] }),
    fc.constant(undefined),
  ],
  [
    'xmqttcon',
    commands.xmqttcon,
    fc.oneof(
      fc.constant({ operation: 0 }),
      fc.record({
        operation: fc.constant(1),
        user: words,
        password: words,
        host: words,
        port: fc.nat(0xffff),
        tag: fc.nat(),
      }),
    ),
    fc.constant(undefined),
  ],
  ['cfunRead', commands.cfunRead, fc.constant(undefined), fc.record({ mode: fc.nat(255) })],
  ['cfunSet', commands.cfunSet, fc.record({ mode: fc.nat(255) }), fc.constant(undefined)],
  ['cfunTest', commands.cfunTest, fc.constant(undefined), fc.array(fc.nat(99), { minLength: 1, maxLength: 12 })],
  ['cmeeRead', commands.cmeeRead, fc.constant(undefined), fc.record({ mode: fc.nat(2) })],
  ['cmeeSet', commands.cmeeSet, fc.record({ mode: fc.nat(2) }), fc.constant(undefined)],
  ['cmeeTest', commands.cmeeTest, fc.constant(undefined), fc.constant([0, 1])],
  ['ceregSet', commands.ceregSet, fc.record({ level: fc.nat(5) }), fc.constant(undefined)],
  [
    'ceregRead',
    commands.ceregRead,
    fc.constant(undefined),
    fc.oneof(
      fc.record({ level: fc.nat(5), stat: fc.constantFrom(0, 1, 2, 5, 90) }),
      fc.record({
        level: fc.nat(5),
        stat: fc.nat(5),
        tac: digits(4),
        cell: digits(8),
        technology: fc.constantFrom(7, 9),
      }),
    ),
  ],
  [
    'cnmiRead',
    commands.cnmiRead,
    fc.constant(undefined),
    fc.record({ mode: fc.nat(3), deliver: fc.nat(3), broadcast: fc.nat(3), report: fc.nat(2), buffer: fc.nat(1) }),
  ],
  [
    'cnmiSet',
    commands.cnmiSet,
    fc.record({ mode: fc.nat(3), deliver: fc.nat(3), broadcast: fc.nat(3), report: fc.nat(2) }),
    fc.constant(undefined),
  ],
  ['cpinRead', commands.cpinRead, fc.constant(undefined), fc.constantFrom('READY', 'SIM PIN', 'SIM PUK')],
  [
    'cpinSet',
    commands.cpinSet,
    fc.record({ pin: digits(4), newPin: digits(8) }, { requiredKeys: ['pin'] }),
    fc.constant(undefined),
  ],
  ['simLockRead', commands.simLockRead, fc.constant({}), fc.record({ enabled: fc.nat(1) })],
  ['cmngWrite', commands.cmngWrite, fc.record({ tag, type: fc.nat(11), content }), fc.constant(undefined)],
  [
    'cmngList',
    commands.cmngList,
    fc.oneof(fc.constant({}), fc.record({ tag }), fc.record({ tag, type: fc.nat(11) })),
    fc.array(fc.record({ tag, type: fc.nat(11), sha: digits(64) }), { maxLength: 8 }),
  ],
  [
    'cmngRead',
    commands.cmngRead,
    fc.record({ tag, type: fc.nat(11) }),
    fc.record({ tag, type: fc.nat(11), sha: digits(64), content }),
  ],
  ['cmngDelete', commands.cmngDelete, fc.record({ tag, type: fc.nat(11) }), fc.constant(undefined)],
  [
    'keygen',
    commands.keygen,
    fc.oneof(
      fc.record({ tag, keyType: fc.constantFrom(2, 8) }),
      fc.record(
        {
          tag,
          keyType: fc.constantFrom(2, 8),
          content: fc.nat(1),
          attributes: fc.constantFrom('CN=board-7', 'CN=board-7,O=Example,serialNumber=12'),
          usage: digits(8).map((bits) => `${bits.replaceAll(/[2-9]/g, '1')}0`),
        },
        { requiredKeys: ['tag', 'keyType'] },
      ),
    ),
    token,
  ],
  [
    'attestToken',
    commands.attestToken,
    fc.oneof(
      fc.constant({}),
      digits(32).map((challenge) => ({ challenge })),
    ),
    token,
  ],
  [
    'jwt',
    commands.jwt,
    fc.record(
      {
        algorithm: fc.constant(0),
        lifetime: fc.nat(604_800),
        subject: words,
        audience: words,
        tag,
        keyType: fc.constantFrom(2, 8),
      },
      { requiredKeys: [] },
    ),
    fc.tuple(token, digits(86)).map(([halves, last]) => `${halves}.${last}`),
  ],
  [
    'xmonitor',
    commands.xmonitor,
    fc.constant(undefined),
    fc.oneof(
      fc.record({ stat: fc.constantFrom(0, 2, 3, 90) }),
      fc.record({
        stat: fc.constantFrom(1, 5),
        operator: fc.constantFrom('EDAV', ''),
        shortName: fc.constantFrom('EDAV', ''),
        network: digits(5),
        tac: digits(4),
        technology: fc.constantFrom(7, 9),
        band: fc.nat(85),
        cell: digits(8),
        physicalCell: fc.nat(503),
        channel: fc.nat(65_535),
        power: fc.nat(97),
        noise: fc.nat(255),
        timers: fc.constant(['""', '"11100000"', '"00000000"']),
      }),
    ),
  ],
  ['cclkRead', commands.cclkRead, fc.constant(undefined), time],
  ['cclkSet', commands.cclkSet, fc.record({ time }), fc.constant(undefined)],
  [
    'nordicClockRead',
    commands.nordicClockRead,
    fc.constant(undefined),
    fc.oneof(fc.record({ time }), fc.record({ time, summer: fc.nat(2) })),
  ],
  [
    'nordicClockSet',
    commands.nordicClockSet,
    fc.oneof(fc.record({ time }), fc.record({ time, summer: fc.nat(2) })),
    fc.constant(undefined),
  ],
  ['ceer', commands.ceer, fc.constant(undefined), fc.constantFrom({}, { cause: 'SMS 301' }, { cause: 'EMM 11' })],
  [
    'xpofwarn',
    commands.xpofwarn,
    fc.oneof(fc.record({ on: fc.nat(1) }), fc.record({ on: fc.nat(1), threshold: fc.integer({ min: 30, max: 33 }) })),
    fc.constant(undefined),
  ],
  ['mdmevSet', commands.mdmevSet, fc.record({ on: fc.nat(1) }), fc.constant(undefined)],
  ['cgerepSet', commands.cgerepSet, fc.oneof(fc.constant({}), fc.record({ on: fc.nat(1) })), fc.constant(undefined)],
  ['xfactoryreset', commands.xfactoryreset, fc.record({ what: fc.nat(1) }), fc.constant(undefined)],
  ['csconRead', commands.csconRead, fc.constant(undefined), fc.record({ level: fc.nat(3), connected: fc.nat(1) })],
  ['csconSet', commands.csconSet, fc.record({ level: fc.nat(3) }), fc.constant(undefined)],
  [
    'xpmngWrite',
    commands.xpmngWrite,
    fc.oneof(fc.record({ content: words }), fc.record({ content: words, tag: fc.nat(9) })),
    fc.constant(undefined),
  ],
  ['xpmngRead', commands.xpmngRead, fc.oneof(fc.constant({}), fc.record({ tag: fc.nat(9) })), words],
  [
    'xsudo',
    commands.xsudo,
    fc.oneof(
      fc.record({ length: fc.integer({ min: 1, max: 99 }), signature: fc.base64String(), command: commandTexts }),
      fc.record({
        length: fc.integer({ min: 1, max: 99 }),
        signature: fc.base64String(),
        tag: fc.nat(9),
        command: commandTexts,
      }),
    ),
    fc.constantFrom('', '+CFUN: 4'),
  ],
  ['cmgfSet', commands.cmgfSet, fc.record({ mode: fc.nat(1) }), fc.constant(undefined)],
  ['cmgfRead', commands.cmgfRead, fc.constant(undefined), fc.constant({ mode: 0 })],
  ['cmgfTest', commands.cmgfTest, fc.constant(undefined), fc.constant([0])],
  ['cmmsSet', commands.cmmsSet, fc.record({ mode: fc.nat(2) }), fc.constant(undefined)],
  ['cmgs', commands.cmgs, fc.record({ length: fc.nat(999), pdu: digits(40) }), fc.record({ reference: fc.nat(255) })],
  ['cnma', commands.cnma, fc.oneof(fc.constant({}), fc.record({ kind: fc.nat(2) })), fc.constant(undefined)],
] as never

test('every command of the language is among the samples', () => {
  const exported = Object.keys(commands).filter((name) => !name.endsWith('Notice'))
  expect(samples.map(([name]) => name).sort()).toEqual(exported.sort())
})

test.each(samples)(
  '%s: what the host asks the modem understands, and what the modem answers the host understands',
  (_, command, requests, answers) => {
    fc.assert(
      fc.property(requests, answers, (request, answer) => {
        const split = splitCommand(commandText(command, request as never))
        expect(split?.name).toBe(command.name)
        expect(command.request.parse(split?.rest ?? '')).toEqual(request)
        expect(command.answer.parse(command.answer.format(answer as never))).toEqual(answer)
      }),
    )
  },
)

const transcripts = new URL('../transcripts/', import.meta.url)
const spoken = readdirSync(transcripts)
  .filter((name) => name.endsWith('.at'))
  .flatMap((name) => parseTranscript(readFileSync(new URL(name, transcripts), 'utf8')))
  .filter((entry) => entry.direction === '>')
  .map((entry) => entry.text)

test.each(samples)('%s stands in a transcript', (_, command) => {
  const met = spoken.some((line) => {
    const split = splitCommand(line)
    if (split?.name !== command.name) return false
    try {
      command.request.parse(split.rest)
      return true
    } catch {
      return false
    }
  })
  expect(met).toBe(true)
})

test.each(samples)('%s names the page that documents it', (_, command) => {
  expect(command.doc).toMatch(/AT reference|27\.007|\.$/)
})

test('a listing with one spoiled line is no listing', () => {
  const { answer } = commands.cmngList
  const lines = '%CMNG: 1,0,"AB"\r\n%CMNG: 1,'
  expect(splitLines(lines).every((line) => answer.claims(line))).toBe(true)
  expect(() => answer.parse(lines)).toThrow()
})

test('the notification +CEREG is not taken for the answer to AT+CEREG?, nor the other way round', () => {
  expect(commands.ceregRead.answer.claims('+CEREG: 1,"002F","0012BEEF",7')).toBe(false)
  expect(commands.ceregRead.answer.claims('+CEREG: 2')).toBe(false)
  expect(commands.ceregRead.answer.claims('+CEREG: 2,1,"002F","0012BEEF",7')).toBe(true)
})

test('+CPIN is understood with and without quotes (OPEN-17)', () => {
  expect(commands.cpinRead.answer.parse('+CPIN: "SIM PIN"')).toBe('SIM PIN')
})

test('%KEYGEN and %ATTESTTOKEN refuse what is no token, no usage and no challenge (KEY-07, KEY-08, KEY-38)', () => {
  expect(() => commands.keygen.answer.parse('%KEYGEN: "MIIB"')).toThrow()
  expect(() => commands.keygen.answer.parse('%KEYGEN: "MIIB.0oRD==')).toThrow()
  expect(() => commands.keygen.request.parse('=42,2,0,"CN=x","111010001"')).toThrow()
  expect(() => commands.keygen.request.parse('=42,2,2')).toThrow()
  expect(() => commands.attestToken.request.parse('="0123"')).toThrow()
  expect(() => commands.attestToken.request.parse('=')).toThrow()
})

test('a clock that does not exist is none: a thirtieth of February, a zone beyond half a day (MODE-41)', () => {
  for (const text of ['26/02/30,00:00:00+00', '26/13/01,00:00:00+00', '26/01/01,24:00:00+00', '26/01/01,00:00:00+49'])
    expect(() => commands.cclkRead.answer.parse(`+CCLK: "${text}"`), text).toThrow()
  expect(commands.nordicClockRead.answer.parse('%CCLK: "21/02/26,08:31:33+32",0')).toEqual({
    time: { at: Date.UTC(2021, 1, 26, 0, 31, 33), zone: 32 },
    summer: 0,
  })
})

test('the notifications of messages have two lines, head and PDU, and read back (SMS-11, SMS-12)', () => {
  const message = { alpha: '+358401234567', length: 3, pdu: '00040000' }
  expect(commands.cmtNotice.format(message)).toBe('+CMT: "+358401234567",3\r\n00040000')
  expect(commands.cmtNotice.parse(commands.cmtNotice.format(message))).toEqual(message)
  const report = { length: 25, pdu: '0607' }
  expect(commands.cdsNotice.parse(commands.cdsNotice.format(report))).toEqual(report)
  for (const text of ['+CMT: "+1",3', '+CMT: "+1",3\r\nxx', '+CMT: "+1",3\r\n00\r\n00', '+CDS: 3\r\n00'])
    expect(() => commands.cmtNotice.parse(text), text).toThrow()
})

test('%JWT is understood with base64 as old firmware may print it, and refuses two parts (KEY-54)', () => {
  expect(commands.jwt.answer.parse('%JWT: "eyJ+a/==.eyJ.c2ln="')).toBe('eyJ+a/==.eyJ.c2ln=')
  expect(() => commands.jwt.answer.parse('%JWT: "eyJ.eyJ"')).toThrow()
})
