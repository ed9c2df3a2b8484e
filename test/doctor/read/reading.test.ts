import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagnose, LineSplitter, Reading, textEvidence } from '../../../src/doctor/index.ts'
import type { Fact, FactKind, FactOf } from '../../../src/doctor/facts.ts'
import { type Bytes, utf8 } from '../../../src/terms/index.ts'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'
import { freshPaper } from '../../support/paper.ts'
import { scaled } from '../../support/scale.ts'

function factsOf(text: string): readonly Fact[] {
  const reading = new Reading(textEvidence('x', ''))
  for (const line of text.split('\n')) reading.line(line)
  return reading.end().facts
}

function values<K extends FactKind>(text: string, kind: K): FactOf<K>['value'][] {
  return factsOf(text).flatMap((fact) => (fact.kind === kind ? [fact.value as FactOf<K>['value']] : []))
}

test.each([
  ['mqtt_connect error -45', -45, 'connect'],
  ['ERROR: mqtt_connect -45', -45, 'connect'],
  ['mqtt_connect: -95', -95, 'connect'],
  ['<err> aws_iot: mqtt_connect, error: -111', -111, 'connect'],
  ['[mqtt_evt_handler:185] MQTT connect failed -111', -111, 'connect'],
  ['temperature -45', undefined, undefined],
  ['[00:00:12.345,678] <err> mqtt_helper: mqtt_connect failed, error -111', -111, 'connect'],
  ['[00:00:12.345,678] [0m<err> net_mqtt_sock_tls: connect() failed: -111[0m', -111, 'connect'],
  ['E: download_client: Unable to connect, errno 116', 116, 'connect'],
  ['getaddrinfo() failed, err 22', 22, 'name'],
  ['modem_key_mgmt_write() failed: -1', -1, 'key-store'],
  ['nrf_modem_lib_init() failed, error -5', -5, 'start'],
  ['modem_key_mgmt_write returned -EPERM', -1, 'key-store'],
  ['nrf_connect gives ECONNREFUSED', -111, 'connect'],
  ['connect() took 45 ms', undefined, undefined],
  ['publish to topic 45', undefined, undefined],
])('%s is read as a failure with %s of %s', (line, number, call) => {
  const [failure] = values(line, 'failure')
  if (number === undefined) expect(failure).toBeUndefined()
  else expect(failure).toMatchObject({ number, call })
})

test.each([
  ['*** Booting Zephyr OS build v2.7.0-ncs1 ***', [1, 8, 0], 'banner'],
  ['*** Booting nRF Connect SDK v2.9.0-7787b2649840 ***', [2, 9, 0], 'said'],
  ['NCS version: 1.5.1', [1, 5, 1], 'said'],
])('%s tells the SDK', (line, version, from) => {
  expect(values(line, 'sdk')).toEqual([{ version, from }])
})

test('a Zephyr that is not of an SDK tells of none', () => {
  expect(values('*** Booting Zephyr OS build v3.5.0 ***', 'sdk')).toEqual([])
})

const slot = { tag: 42, type: 0 }
const zeros = '0'.repeat(64)
const line = `%CMNG: 42,0,"${zeros}"`

test.each([
  ['with echo', `AT%CMNG=1,42\r\n${line}\r\nOK`, [slot], 'final'],
  ['as a transcript', `> AT%CMNG=1,42\n< ${line}\n< OK`, [slot], 'final'],
  ['noted down with an arrow', `failing board  AT%CMNG=1,42 -> ${line}`, [slot], 'open'],
  ['from a shell', `uart:~$ at AT%CMNG=1,42\n${line}\nOK`, [slot], 'final'],
  ['empty', 'AT%CMNG=1,42\n\nOK', [], 'final'],
  ['blank', '> AT%CMNG=1,42\n<', [], 'blank'],
  ['noted down as blank', 'AT%CMNG=1,42 -> (blank)', [], 'blank'],
  ['refused as not found', 'AT%CMNG=1,42\n+CME ERROR: 513', [], 'final'],
  [
    'recorded with --json',
    `{"type":"line","direction":">","text":"AT%CMNG=1,42"}\n{"type":"line","direction":"<","text":"OK"}`,
    [],
    'final',
  ],
])('a listing %s is read', (_, text, held, end) => {
  expect(values(text, 'listing')).toEqual([{ tag: 42, held, end }])
})

test.each([
  ['refused', 'AT%CMNG=1,42\n+CME ERROR: 518'],
  ['without any answer', 'AT%CMNG=1,42\n> AT'],
  ['only spoken of', 'I have tried AT%CMNG=1,42 and then gave up'],
])('a listing that is %s says nothing of what is held', (_, text) => {
  expect(values(text, 'listing')).toEqual([])
})

test('listing lines without a question show what is held, and no more', () => {
  expect(values(line, 'held')).toEqual([{ ...slot, digest: 'placeholder' }])
  expect(values(line, 'listing')).toEqual([])
})

test.each([
  ['+CEREG: 2,5,"00C3","01B4F002",7', 5, undefined],
  ['+CEREG: 5,"00C3","01B4F002",7,,,"00001010","01011111"', 5, undefined],
  ['+CEREG: 2', 2, undefined],
  ['+CEREG: 0,2', 2, undefined],
  ['+CEREG: 3,"00C3","01B4F002",7,0,11', 3, 11],
  ['+CEREG: 2,3,"00C3","01B4F002",9,0,13', 3, 13],
])('%s is read as state %i', (text, stat, reject) => {
  expect(values(text, 'registration')).toEqual([{ stat, ...(reject !== undefined && { reject }) }])
})

test.each([
  [
    '1700000000: OpenSSL Error[0]: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca',
    'device',
    'untrusted',
  ],
  ['client: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca', 'broker', 'untrusted'],
  ['TLS client: In state certify received CLIENT ALERT: Fatal - Unknown CA', 'device', 'untrusted'],
  ['In state certify at ssl_handshake.erl:2000 generated SERVER ALERT: Fatal - Unknown CA', 'broker', 'untrusted'],
  ['error:1417C086:SSL routines:tls_process_client_certificate:certificate verify failed', 'broker', 'untrusted'],
  ['error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed', 'device', 'untrusted'],
  ['1700000000: OpenSSL Error[0]: sslv3 alert certificate expired', 'device', 'expired'],
  ['1700000000: OpenSSL Error[0]: SSL routines::peer did not return a certificate', 'broker', 'missing'],
])('%s: the %s does not accept the other', (text, by, why) => {
  expect(values(text, 'distrust')).toEqual([{ by, why }])
})

test.each([
  ['the battery ran empty', 'battery-empty'],
  ['reset cause: brownout', 'brown-out'],
  ['there was a power cut in the hall', 'power-cut'],
  ['there was no power cut', undefined],
  ['it was never a brown-out', undefined],
])('%s tells of the power: %s', (text, event) => {
  expect(values(text, 'power')).toEqual(event === undefined ? [] : [{ event }])
})

test('our own list, verify and info are read as they print for machines', () => {
  const event = (data: object): string =>
    JSON.stringify({ schema: 'sectag/1', seq: 0, time: '2026-01-01T00:00:00Z', ...data })
  const text = [
    event({ type: 'identity', imei: '001015000000017', firmwareText: 'mfw_nrf9160_1.3.5', supplyMillivolt: 3600 }),
    event({ type: 'held', slot, name: 'root CA', digest: { kind: 'placeholder' } }),
    event({ type: 'result', verb: 'list', ok: true, exit: 0, only: { tag: 42 } }),
    event({ type: 'slot', slot: { tag: 42, type: 2 }, name: 'private key', is: 'missing' }),
  ].join('\n')
  expect(values(text, 'listing')).toEqual([{ tag: 42, held: [slot], end: 'final' }])
  expect(values(text, 'slot')).toEqual([{ tag: 42, type: 2, is: 'missing' }])
  expect(values(text, 'supply')).toEqual([{ millivolt: 3600 }])
  expect(leader(verdictOn(text, 'tag=42'))).toBe('cred-set-incomplete')
})

test('a fact keeps its line, and what was read again is counted', () => {
  const [fact] = factsOf('boot\nmqtt_connect error -45\nboot\nmqtt_connect error -45')
  expect(fact).toMatchObject({ from: { evidence: 'x', line: 2 }, last: 4, times: 2, said: 'mqtt_connect error -45' })
})

const fragments = [
  'AT%CMNG=1,42',
  'AT%CMNG=1',
  'AT%CMNG=0,42,0,"',
  '-----BEGIN CERTIFICATE-----',
  'OK',
  'ERROR',
  '+CME ERROR: 518',
  '<',
  '> AT',
  '> ',
  '< ',
  line,
  '+CFUN: 1',
  'AT+CFUN=?',
  '+CEREG: 3,"1","2",7,0,11',
  '%XSIM: 0,9',
  '%XSIM: 1',
  'mqtt_connect error -45',
  'working board:',
  '{"type":"held"',
  '{"type":"result","verb":"list","ok":true}',
  'alert unknown ca',
  'Modem has crashed, reason 0x4',
  'Client a [10.0.0.1:5] disconnected: session taken over.',
  'New client connected from 10.0.0.1:6 as a (p2, c1, k60).',
  'board-3: ',
  'board 7:\n',
  'Failing endpoint chain: a > b > c',
  'Certificate chain\n',
  '-----END CERTIFICATE-----',
  'Tag 42: root CA, private key missing',
  'MQTT_EVT_CONNACK, result: 0x87',
  'AT%CMNG=0 answers +CME ERROR: 528',
  'resets do not help, only a power cycle',
  '1700000000: ',
  '"',
  ' -> ',
  ' ; ',
  '(blank)',
  'all boards at once',
  '\u0000',
  '\u001b[0m',
]
const soup = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string(), fc.constant('\n'), fc.constant('\n')), { maxLength: 60 })
  .map((parts) => parts.join(''))

test('no text makes a reader fail, and every verdict is a distribution with its lines in the evidence', () => {
  const numRuns = scaled(50_000, 500)
  fc.assert(
    fc.property(soup, (text) => {
      const { causes } = verdictOn(text, 'sdk=1.0.0 tag=42')
      expect(causes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
      const lines = text.split('\n').length
      for (const { from } of causes.flatMap((cause) => cause.for))
        if (from.evidence === 'evidence') expect(from.line).toBeLessThanOrEqual(lines)
    }),
    { numRuns },
  )
})

test('no bytes make it fail, and a file is read the same in any chunks', () => {
  const numRuns = scaled(20_000, 200)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.integer({ min: 1, max: 50 })), (bytes, cuts) => {
      const body = Uint8Array.from(bytes)
      diagnose([{ ...textEvidence('bytes', ''), body }])
      const [whole, chunked] = [linesOf(body, []), linesOf(body, cuts)]
      expect(chunked).toEqual(whole)
    }),
    { numRuns },
  )
})

function linesOf(bytes: Bytes, cuts: readonly number[]): string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((text) => lines.push(text))
  let at = 0
  for (const cut of cuts) splitter.bytes(bytes.subarray(at, (at += cut)))
  splitter.bytes(bytes.subarray(at))
  splitter.end()
  return lines
}

test('a private key in the evidence is struck out and counted, however it stands there', async () => {
  const { key } = await freshPaper()
  const body = key.split('\n').slice(1, -2).join('')
  const forms = [
    `AT%CMNG=0,42,2,"${key}"\nOK`,
    `> AT%CMNG=0,42,2,"${key.replaceAll('\n', '\\n')}"\n< +CME ERROR: 528`,
    `a note\n${key}and mqtt_connect error -45`,
    key
      .split('\n')
      .map((text) => `[00:00:01.000,000] ${text}`)
      .join('\n'),
    'AT%CMNG=0,42,3,"00112233445566778899aabbccddeeff"\n+CME ERROR: 528',
  ]
  for (const text of forms) {
    const verdict = verdictOn(text)
    expect(verdict.struck).toBeGreaterThan(0)
    const told = JSON.stringify(verdict)
    for (let at = 0; at + 16 <= body.length; at += 16) expect(told).not.toContain(body.slice(at, at + 16))
    expect(told).not.toContain('00112233445566778899aabbccddeeff')
  }
})

test('half a key without its beginning is not shown either', async () => {
  const { key } = await freshPaper()
  const body = key.split('\n').slice(1, -2).join('')
  expect(JSON.stringify(verdictOn(`mqtt_connect error -45 ${body}`))).not.toContain(body.slice(20, 60))
})

test('a line of 10 MB and a log of 200,000 lines are read in little memory', () => {
  const reading = new Reading(textEvidence('x', ''))
  const splitter = new LineSplitter((text) => reading.line(text))
  const block = utf8('A'.repeat(65_536))
  for (let count = 0; count < 160; count++) splitter.bytes(block)
  const lines = utf8('\nmqtt_connect error -45\nnoise 7\n'.repeat(1000))
  for (let count = 0; count < scaled(66, 4); count++) splitter.bytes(lines)
  splitter.end()
  const read = reading.end()
  expect(read.facts).toHaveLength(1)
})

test('whatever else was read, a SIM that is dead or a registration that is denied at the end leaves no cause of the store', () => {
  const numRuns = scaled(20_000, 300)
  const ends = fc.constantFrom('%XSIM: 0,9', '+CEREG: 90', '+CEREG: 3,"1","2",7,0,11', '+CEREG: 2')
  fc.assert(
    fc.property(soup, ends, (text, end) => {
      const { causes } = verdictOn(`${text}\n"\nOK\nfailing board:\n${end}\n`, 'sdk=1.0.0 tag=42')
      expect(causes.filter(({ group }) => group === 'store')).toEqual([])
    }),
    { numRuns },
  )
})

test.each([
  ['> AT+CFUN?\n< +CFUN: 1', 1],
  ['AT+CGMR\nmfw_nrf9160_1.3.5\nOK', 1],
  ['AT+CFUN? -> +CFUN: 1', 1],
  ['AT+CFUN?\n+CEREG: 2\n', 0],
  ['AT+CFUN?\ndisconnected\n', 0],
  ['> AT+CFUN?\n<', 0],
  ['AT%CMNG=1\nOK', 0],
])('%j vouches %i times for the way it came', (text, times) => {
  expect(values(text, 'control')).toHaveLength(times)
})

test('a key that breaks off swallows nothing of what comes after it', async () => {
  const { key } = await freshPaper()
  const half = key.split('\n').slice(0, 2).join('\n')
  const verdict = verdictOn(`${half}\n[00:00:01.000,000] <err> app: mqtt_connect failed, error -45\n%XSIM: 0,9\n`)
  expect(leader(verdict)).toBe('sim-failure')
  expect(verdict.struck).toBe(1)
  const long = `x -----BEGIN PRIVATE KEY-----${'A'.repeat(20_000)}`
  const reading = new Reading(textEvidence('x', ''))
  const splitter = new LineSplitter((text) => reading.line(text))
  splitter.bytes(utf8(`${long}\n%XSIM: 0,9\n`))
  splitter.end()
  expect(reading.end().facts.map(({ kind }) => kind)).toEqual(['sim'])
})

test.each([
  ['after writing it again it connects', 1],
  ['re-provisioning fixes it', 1],
  ['after re-running the script the board works', 1],
  ['after running for three months it no longer works', 0],
  ['after writing it again it does not work', 0],
])('%s tells of a cure %i times', (text, times) => {
  expect(values(text, 'history').filter(({ what }) => what === 'rewrite-cures')).toHaveLength(times)
})

test('a line that is made to be slow costs by its length, not by the square of it', () => {
  const parts = [
    'working for ',
    'AT->',
    'AT%CMNG=0,1,0,"',
    'a',
    ' ',
    ';',
    '-----BEGIN ',
    'alert ',
    '[',
    '%CMNG: ',
    'sec_tag ',
    'AT+A=,',
    '"',
    'no ',
    '{',
    'brown',
  ]
  const lines = (length: number): string[] =>
    parts.flatMap((first) => parts.map((part) => `${first}${part.repeat(length / part.length)}`))
  const cost = (length: number): number => {
    const before = process.cpuUsage()
    for (const line of lines(length)) factsOf(line)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  // What is run for the first time costs more, whatever its length.
  cost(16_000)
  const [short, long, longest] = [cost(250), cost(2_000), cost(16_000)]
  // Eight times the length each time; were it the square, 64 times as much.
  expect(long / short).toBeLessThan(24)
  expect(longest / long).toBeLessThan(24)
})

test('a rehearsal of the host is no session of a board, nor is its refusal', () => {
  const sighting = { at: 1, peer: '127.0.0.1:1', handshake: 'full', clientId: 'sectag-rehearsal-0badcafe' }
  const refused = { by: 'broker', reason: 'client-unknown-ca' }
  const lines = [
    JSON.stringify({ ...sighting, session: 2 }),
    JSON.stringify({ ...sighting, refused }),
    '1763804400: New client connected from 127.0.0.1:40312 as sectag-rehearsal-0badcafe (p2, c1, k30).',
    '1763804400: Sending CONNACK to sectag-rehearsal-0badcafe (0, 0)',
  ]
  expect(factsOf(lines.join('\n')).filter(({ kind }) => kind !== 'clock')).toEqual([])
})

test('a device that gave up where its key is used is no mismatch of versions, and shows where it gave up', () => {
  const refused = { by: 'device', reason: 'client-gave-up', alert: 40 }
  expect(values(JSON.stringify({ at: 1, peer: '127.0.0.1:1', handshake: 'none', refused }), 'seen')).toEqual([
    { sign: 'gave-up-at-its-key' },
  ])
})

test.each([
  ['%XMONITOR: 2', 2, undefined],
  ['%XMONITOR: 1,"EDAV","EDAV","26295","00B7",7,4,"00011B07",7,2300,63,39,""', 1, undefined],
  ['+CEER: "EMM 11"', 3, 11],
  ['it says EMM cause 15 in the trace', 3, 15],
])('%s tells of the registration too', (text, stat, reject) => {
  expect(values(text, 'registration')).toEqual([{ stat, ...(reject !== undefined && { reject }) }])
})

test.each([
  ['the device answers AT%CMNG=0 with +CME ERROR: 528', 'refused', { kind: 'cme', code: 528, command: 'AT%CMNG' }],
  ['seen before: +CEREG: 3,"002A","0102030A",7,0,8 and then nothing', 'registration', { stat: 3, reject: 8 }],
  ['Tag 42: root CA, private key missing', 'listing', { tag: 42, held: [{ tag: 42, type: 1 }], end: 'final' }],
  ['paho: Connection refused: bad user name or password', 'connack', { code: 4, by: 'device' }],
  ['MQTT_EVT_CONNACK, result: 0x87', 'connack', { code: 0x87, by: 'device' }],
  ['Failing endpoint chain: root > cross > issuing > leaf', 'chain', { certificates: 4, of: 'failing' }],
] as const)('what is quoted in a sentence is read: %s', (text, kind, value) => {
  expect(values(text, kind)).toEqual([value])
})

test('a chain that openssl shows is measured', async () => {
  const { ca } = await freshPaper()
  const text = `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = x\n${ca}---\nServer certificate\n`
  const [chain] = values(text, 'chain')
  expect(chain?.certificates).toBe(1)
  expect(chain?.bytes).toBeGreaterThan(300)
})

test('what a witness decided is read as what a broker would have said, and what it left open is not', () => {
  const sighting = (reason: string): string =>
    JSON.stringify({
      at: 1,
      peer: 'x',
      handshake: 'none',
      refused: { by: 'broker', reason, candidates: ['crl-stale'] },
    })
  const elsewhere: Record<string, string> = {
    'crl-stale': 'broker-config',
    'server-name-mismatch': 'hostname-mismatch',
    'client-id-clash': 'mqtt-duplicate-client-id',
    'acl-denied': 'broker-policy-denies',
    'client-not-yet-valid': 'clock-not-set',
  }
  for (const [reason, cause] of Object.entries(elsewhere))
    expect(shareOf(verdictOn(sighting(reason)), cause), reason).toBeGreaterThan(0.2)
  expect(factsOf(sighting('undecided'))).toEqual([])
})

test.each([
  ['EOPNOTSUPP', 'sdk=1.2.0 libc=minimal', 'TLS could not be set up'],
  ['-EOPNOTSUPP', 'sdk=1.2.0 libc=newlib', 'TLS could not be set up'],
  ['ENETUNREACH', 'sdk=1.2.0 libc=minimal', 'no network'],
  ['ECONNREFUSED', 'sdk=2.4.0', 'a credential is missing or wrong'],
])('a log that prints %s by its name means that error, whatever numbers %s has', (name, context, words) => {
  const { causes, notes } = verdictOn(`<err> app: mqtt_connect failed: ${name}\n`, context)
  const reasons = causes.flatMap((cause) => cause.for.map((reason) => reason.words))
  expect(reasons).toContainEqual(expect.stringContaining(`connect failed with ${name.replace('-', '')}: `))
  expect(reasons.join()).toContain(words)
  expect(notes.filter(({ code }) => code.startsWith('number-'))).toEqual([])
})

test('a name that the modem library of an old SDK does not have is said to come from elsewhere', () => {
  const { notes } = verdictOn('<err> app: mqtt_connect failed: ECONNREFUSED\n', 'sdk=1.2.0 libc=minimal')
  expect(notes.map(({ words }) => words)).toContainEqual(expect.stringContaining('ECONNREFUSED: the modem library'))
})

test.each([
  ['%CESQ: 54,2,16,2', -86],
  ['%CESQ: 97,4,34,4', -43],
  ['%CESQ: 255,0,255,0', undefined],
  ['+CESQ: 99,99,255,255,31,62', -78],
  ['[00:00:07.000,000] <dbg> lte_lc: notification %CESQ: 10,0,3,0', -130],
])('%s says that the cell is heard with %s dBm', (text, dbm) => {
  expect(values(text, 'signal')).toEqual([dbm === undefined ? {} : { dbm }])
})

test('a signal outside its range is no signal', () => {
  for (const text of ['%CESQ: 98,0,1,0', '%CESQ: 256,0,1,0', '%CESQ: ', '%CESQ: -1,0,0,0', '+CESQ: 99,99,255'])
    expect(values(text, 'signal'), text).toEqual([])
})

test('a modem that searches and measures nothing, or next to nothing, is said to; one whose radio is off is not', () => {
  const searching = '+CEREG: 2\n'
  const reasons = (text: string): string =>
    verdictOn(text)
      .causes.flatMap((cause) => cause.for.map(({ words }) => words))
      .join()
  expect(reasons(`${searching}%CESQ: 255,0,255,0\n`)).toContain('measures no signal')
  expect(reasons(`${searching}%CESQ: 10,0,3,0\n`)).toContain('very weak: -130 dBm')
  expect(reasons(`${searching}%CESQ: 54,2,16,2\n`)).not.toContain('signal')
  expect(reasons(`AT+CFUN?\n+CFUN: 4\nOK\n${searching}%CESQ: 255,0,255,0\n`)).not.toContain('signal')
  expect(reasons('%CESQ: 255,0,255,0\n')).not.toContain('signal')
})
