import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { diagnose, type Evidence, textEvidence, type Verdict } from '../../src/doctor/index.ts'
import { bySms, known, leader, shareOf, verdictOn } from '../support/evidence.ts'

const tag = 16_842_753
const zeros = '0'.repeat(64)
const store = new Set([
  'cred-slot-empty',
  'cred-lost-after-power-event',
  'cred-set-incomplete',
  'cred-wrong-sec-tag',
  'cred-wrong-ca',
])

function storeShare(verdict: Verdict): number {
  return verdict.causes.reduce((sum, { cause, probability }) => (store.has(cause) ? sum + probability : sum), 0)
}

/** The founding case in our own words: two boards of one fleet, one of which lost its tag. */
const log = textEvidence('log', 'boot\nmqtt_connect error -45\nretry in 60 s\nmqtt_connect error -45\n')
const build = known('sdk=1.0.0 libc=minimal tag=16842753')
const list = (type: number): string => `AT%CMNG=1,${tag},${type}`
const failing = bySms('sms-7', 'board-7', { 'AT+CFUN?': '+CFUN: 1', [list(0)]: '', [list(1)]: '', [list(2)]: '' })
const working = bySms('sms-3', 'board-3', { [list(0)]: `%CMNG: ${tag},0,"${zeros}"`, 'AT+CFUN?': '+CFUN: 1' })
const blank = bySms('sms', 'board-7', { [list(0)]: '' })
const firmware = { 'AT+CGMR': 'mfw_nrf9160_1.0.0\r\nOK' }

test('the founding case: a board that answers blank where it once listed its CA has an empty tag', () => {
  const verdict = diagnose([log, build, failing])
  expect(leader(verdict)).toBe('cred-slot-empty')
  expect(verdict.causes[0]?.probability).toBeGreaterThan(0.9)
  const places = verdict.causes[0]?.for.map(({ from }) => `${from.evidence}:${from.line}`)
  expect(places).toEqual(['sms-7:3', 'log:2'])
  expect(verdict.next?.topic).toBe('supply')
})

test('the founding case: a board of the same fleet that lists its CA is not said to have lost it', () => {
  const verdict = diagnose([log, build, working])
  expect(shareOf(verdict, 'cred-slot-empty')).toBe(0)
  expect(leader(verdict)).toBe('insufficient-evidence')
})

test('a blank reply is no absence before the same way returned text to a control query', () => {
  const verdict = diagnose([log, build, blank])
  expect(leader(verdict)).toBe('insufficient-evidence')
  expect(verdict.notes.map(({ code }) => code)).toContain('blank-unvouched')
  expect(verdict.next?.topic).toBe('control')
  expect(verdict.next?.sms).toContain('AT+CFUN?')
})

test.each([
  ['another board', bySms('control', 'board-3', firmware), 'insufficient-evidence'],
  [
    'another channel',
    textEvidence('control', '> AT+CGMR\n< mfw_nrf9160_1.0.0\n< OK\n', { channel: 'cable' }),
    'insufficient-evidence',
  ],
  ['the same way', bySms('control', 'board-7', firmware), 'cred-slot-empty'],
])('a control query by %s is judged by its way', (_, control: Evidence, cause) => {
  expect(leader(diagnose([log, build, blank, control]))).toBe(cause)
})

test('a listing of one type says nothing of the others', () => {
  const verdict = verdictOn(`connect error -111\nAT%CMNG=1,42,0\n%CMNG: 42,0,"${zeros}"\nOK\n`, 'sdk=2.0.0 tag=42')
  expect(shareOf(verdict, 'cred-set-incomplete')).toBe(0)
  expect(shareOf(verdict, 'cred-slot-empty')).toBe(0)
  expect(verdict.unknown.join()).toContain('client certificate, private key')
})

test('what a working board holds is not taken for what the failing one holds', () => {
  const text = `working board:\nAT%CMNG=1,${tag}\n%CMNG: ${tag},0,"${zeros}"\nOK\nfailing board:\nmqtt_connect error -45\nAT%CMNG=1,${tag}\nOK\n`
  expect(leader(verdictOn(text, `sdk=1.0.0 tag=${tag}`))).toBe('cred-slot-empty')
})

test.each(['%XSIM: 0,9', '+CEREG: 90', 'AT+CPIN?\n+CME ERROR: 10', '<err> app: SIM card not detected'])(
  'with a dead SIM (%s) no cause of the store is named, whatever the tag holds',
  (sim) => {
    const verdict = verdictOn(`mqtt_connect error -45\nAT%CMNG=1,42\nOK\n${sim}\n`, 'sdk=1.0.0 tag=42')
    expect(leader(verdict)).toBe('sim-failure')
    expect(storeShare(verdict)).toBe(0)
    expect(verdict.notes.map(({ code }) => code)).toContain('stage')
  },
)

test.each(['+CEREG: 2', '+CEREG: 3,"00C3","01B4F002",7,0,15', '<err> app: Failed to connect to LTE network'])(
  'while registration fails (%s) no cause of the store is named',
  (line) => {
    const verdict = verdictOn(`AT%CMNG=1,42\nOK\n${line}\n`, 'sdk=2.6.0 tag=42')
    expect(storeShare(verdict)).toBe(0)
    expect(leader(verdict)).toMatch(/^net-/)
  },
)

test('an answer to CONNECT excludes every cause before it, whoever is refused', () => {
  const verdict = verdictOn(
    '<err> app: MQTT connect failed 5\nAT%CMNG=1,42\nOK\n'.split('\n').toReversed().join('\n'),
    'tag=42',
  )
  expect(leader(verdict)).toBe('broker-policy-denies')
  const before = verdictOn(
    '<inf> app: MQTT client connected!\n<err> app: mqtt_connect failed, error -111\nAT%CMNG=1,42\nOK\n',
    'tag=42 sdk=2.0.0',
  )
  expect(leader(before), 'a session before the failure excludes nothing').toBe('cred-slot-empty')
})

test('the neighbours: a full tag and an alert from the device are a CA that is not trusted, never a lost tag', () => {
  const full = [0, 1, 2].map((type) => `%CMNG: ${tag},${type},"${zeros}"`).join('\n')
  const device = bySms('sms', 'board-7', { [`AT%CMNG=1,${tag}`]: `${full}\nOK` })
  const broker = textEvidence(
    'broker',
    '1700000000: OpenSSL Error[0]: error:0A000418:SSL routines::tlsv1 alert unknown ca\n',
  )
  const once = diagnose([log, build, device, broker])
  expect(leader(once)).toBe('cred-wrong-ca')
  const fleet = textEvidence('note', 'all boards stopped connecting at once\n')
  expect(leader(diagnose([log, build, device, broker, fleet]))).toBe('server-ca-rotated')
})

test('the number alone is never a verdict, in any generation', () => {
  for (const number of [-45, -95, -111, -61, 45, 113, -116])
    for (const context of ['', 'sdk=1.0.0', 'sdk=1.7.0 libc=minimal', 'sdk=2.9.0'])
      expect(storeShare(verdictOn(`mqtt_connect error ${number}\n`, context)), `${number} ${context}`).toBeLessThan(
        0.75,
      )
})

test('a number that may be two says what would decide', () => {
  const verdict = verdictOn('mqtt_connect error -45\n')
  const note = verdict.notes.find(({ code }) => code === 'number-ambiguous')
  expect(note?.words).toContain('EDEADLK or EOPNOTSUPP')
  expect(note?.words).toContain('the SDK version')
  expect(verdictOn('mqtt_connect error -45\n', 'sdk=1.0.0 libc=minimal').notes).toEqual([])
})

test('AT+CFUN=? that was typed for AT+CFUN? is a note and no cause', () => {
  const verdict = verdictOn('> AT+CFUN=?\n< +CFUN: (0,1,4,20,21,30,31,40,41,44)\n< OK\n')
  expect(verdict.notes.map(({ code }) => code)).toEqual(['cfun-test-form'])
  expect(leader(verdict)).toBe('insufficient-evidence')
  expect(verdictOn('> AT+CFUN?\n< +CFUN: 1\n< OK\n').notes).toEqual([])
})

test.each([
  ['1.9.0', -13, 'app-config'],
  ['2.6.0', -1, 'app-config'],
  ['2.6.0', -140, 'supply-voltage-low'],
  ['1.9.0', -140, 'insufficient-evidence'],
])('with SDK %s, %i of the key library is read as its own generation means it: %s', (sdk, number, cause) => {
  const text = `<err> app: modem_key_mgmt_write failed, error ${number}\n`
  expect(leader(verdictOn(text, `sdk=${sdk}`))).toBe(cause)
})

test('the shares of every verdict sum to 1, and the same evidence gives the same verdict', () => {
  for (const text of [
    '',
    'mqtt_connect error -45',
    '+CEREG: 3',
    readFileSync(new URL('../transcripts/founding-case.at', import.meta.url), 'utf8'),
  ]) {
    const verdict = verdictOn(text, 'sdk=1.0.0 tag=42')
    expect(verdict.causes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
    expect(verdictOn(text, 'sdk=1.0.0 tag=42')).toEqual(verdict)
  }
})

test('every question by SMS fits one message', () => {
  for (const text of ['', 'mqtt_connect error -45', 'AT%CMNG=1,42\nOK', '+CEREG: 2'])
    for (const question of verdictOn(text, 'tag=2147483647').next?.sms ?? [])
      expect(question.length).toBeLessThanOrEqual(160)
})

test('a session in a broker’s log counts only where the log is known to be of this board', () => {
  const text = '1700000000: New client connected from 10.0.0.7:40000 as board-7 (p2, c1, k60).\n'
  const alert = '1700000000: OpenSSL Error[0]: ssl/tls alert unknown ca\n'
  const fleet = textEvidence('broker', `${alert}${text}`)
  expect(leader(diagnose([fleet])), 'another client may have had it').toBe('cred-wrong-ca')
  const own = textEvidence('broker', `${alert}${text}`, { device: 'board-7' })
  expect(storeShare(diagnose([own]))).toBe(0)
})

test('a session and then an alert from the device mean that the server has changed', () => {
  const seen =
    '{"handshake":"full","peer":"10.0.0.7:1","session":1}\n{"handshake":"full","peer":"10.0.0.7:2","refused":{"by":"device","reason":"server-unknown-ca","alert":48}}\n'
  expect(leader(diagnose([textEvidence('sightings', seen, { device: 'board-7' })]))).toBe('server-ca-rotated')
})

test('a SIM that failed before a session is no cause of what comes after it', () => {
  const verdict = verdictOn('%XSIM: 0,9\n<inf> app: MQTT client connected!\n')
  expect(shareOf(verdict, 'sim-failure')).toBe(0)
})

test('a modem that bars itself after resets has been ended uncleanly, and the store is not blamed', () => {
  const verdict = verdictOn('%MDMEV: RESET LOOP\nmqtt_connect error -45\nAT%CMNG=1,42\nOK\n', 'sdk=1.0.0 tag=42')
  expect(leader(verdict)).toBe('modem-unclean-shutdown')
  expect(storeShare(verdict)).toBe(0)
})

test('a number that the SDK cannot have given is noted', () => {
  expect(verdictOn('mqtt_connect error -45\n', 'sdk=2.6.0').notes.map(({ code }) => code)).toEqual([
    'number-impossible',
  ])
})

test.each([
  ['+CEREG: 2\n<inf> app: LTE Link Connected!', true],
  ['<inf> app: LTE Link Connected!\n+CEREG: 2', false],
  ['<inf> app: Connected to LTE network\n<err> app: LTE link lost', false],
])('the last word on the network counts: %s', (text, up) => {
  const verdict = verdictOn(`${text}\nmqtt_connect -95\nAT%CMNG=1,42\nOK\n`, 'sdk=1.5.0 tag=42')
  expect(leader(verdict)).toBe(up ? 'cred-slot-empty' : 'net-not-registered')
})

test('a search is not the last word where TLS was tried behind it, unless that is what no network looks like', () => {
  const listing = 'AT%CMNG=1,42\nOK\n'
  const searched = '<inf> app: +CEREG: 2\n'
  expect(leader(verdictOn(`${searched}mqtt_connect -95\n${listing}`, 'sdk=1.5.0 libc=newlib'))).toBe('cred-slot-empty')
  expect(leader(verdictOn(`${searched}mqtt_connect -116\n${listing}`, 'sdk=2.4.0'))).toBe('net-not-registered')
  expect(leader(verdictOn(`${searched}mqtt_connect -114\n${listing}`, 'sdk=2.4.0'))).toBe('net-not-registered')
})

test('a board that was in a session, and whose SIM failed when it started anew, has a dead SIM', () => {
  const log = 'LTE Link Connected!\nMQTT client connected\n*** Booting Zephyr OS build v2.4.99-ncs1 ***\n+CEREG: 90\n'
  expect(leader(diagnose([textEvidence('log', log)]))).toBe('sim-failure')
  const again = `${log}+CEREG: 1,"002F","0012BEEF",7\nLTE Link Connected!\nMQTT client connected\n`
  expect(leader(diagnose([textEvidence('log', again)]))).not.toBe('sim-failure')
})

const full42 = [0, 1, 2].map((type) => `%CMNG: 42,${type},"${zeros}"`).join('\n')

test.each([
  [
    'empty, written, and failing after it',
    `AT%CMNG=1,42\nOK\nAT%CMNG=1,42\n${full42}\nOK\nmqtt_connect error -45`,
    false,
  ],
  [
    'empty while it failed, and written then',
    `mqtt_connect error -45\nAT%CMNG=1,42\nOK\nAT%CMNG=1,42\n${full42}\nOK`,
    true,
  ],
  ['full, and empty when it failed', `AT%CMNG=1,42\n${full42}\nOK\nAT%CMNG=1,42\nOK\nmqtt_connect error -45`, true],
  ['empty and written, before any failure', `AT%CMNG=1,42\nOK\nAT%CMNG=1,42\n${full42}\nOK`, false],
  [
    'empty and written, and it works again',
    `AT%CMNG=1,42\nOK\nAT%CMNG=1,42\n${full42}\nOK\nafter writing it again it connects`,
    true,
  ],
])('a tag that was %s', (_, text, empty) => {
  const verdict = verdictOn(text, 'sdk=1.0.0 libc=minimal tag=42')
  expect(leader(verdict) === 'cred-slot-empty').toBe(empty)
})

test('after an empty battery a root CA in another tag does not hide what was lost', () => {
  const text = `after the battery went flat some units do not connect\n<err> app: mqtt_connect failed -95\nAT%CMNG=1\n%CMNG: 24,0,"${zeros}"\nOK\n`
  expect(leader(verdictOn(text, 'sdk=1.4.0 tag=42'))).toBe('cred-lost-after-power-event')
})

test('what newer firmware cannot cure on old hardware is noted', () => {
  expect(verdictOn('nRF9160 SICA B0A\n').notes.map(({ code }) => code)).toEqual(['revision-limit'])
  expect(verdictOn('nRF9160 SICA B1A\n').notes).toEqual([])
})

test('a log of several boards: one that is well is not blamed for another, and the note says whose verdict it is', () => {
  const text = `board-3: MQTT client connected\nboard-3: AT%CMNG=1,42\nboard-7: mqtt_connect error -111\nboard-7 AT+CPIN? -> +CME ERROR: 10\n`
  const verdict = verdictOn(text, 'sdk=2.0.0 tag=42')
  expect(leader(verdict)).toBe('sim-failure')
  expect(verdict.notes.find(({ code }) => code === 'several-boards')?.words).toContain('judged for board-7')
})

test('a tag that is empty on one board and full on the next is empty on the one, under headings too', () => {
  const zero = `%CMNG: 42,0,"${zeros}"`
  const text = `board 1:\nMQTT client connected\nAT%CMNG=1,42\n${zero}\nOK\nboard 2:\nmqtt_connect error -45\nAT%CMNG=1,42\nOK\n`
  expect(leader(verdictOn(text, 'sdk=1.0.0 libc=minimal tag=42'))).toBe('cred-slot-empty')
  const asked = verdictOn(text, 'sdk=1.0.0 libc=minimal tag=42 client=board-1')
  expect(shareOf(asked, 'cred-slot-empty')).toBe(0)
  expect(asked.works?.from.line).toBe(2)
})

test('a log of a session that nothing contradicts says that it works, and asks nothing', () => {
  const verdict = verdictOn(
    '<inf> app: LTE Link Connected!\n<inf> app: MQTT client connected!\n<inf> app: published 17\n',
  )
  expect(verdict.works?.from).toEqual({ evidence: 'evidence', line: 2 })
  expect(verdict.next).toBeUndefined()
  for (const after of ['mqtt_connect error -111', 'it connects and drops again and again', '%XSIM: 0,9'])
    expect(verdictOn(`<inf> app: MQTT client connected!\n${after}\n`).works, after).toBeUndefined()
})

test('in a broker’s log a session counts where the client is the one that was asked about', () => {
  const text = '1700000000: New client connected from 10.0.0.7:40000 as board-7 (p2, c1, k60).\n'
  expect(verdictOn(text).works).toBeUndefined()
  expect(verdictOn(text, 'client=board-7').works).toBeDefined()
  expect(verdictOn(text, 'client=board-8').works).toBeUndefined()
})

test('who took a session over shows in the addresses: the same one is the device itself, another one a second client', () => {
  const log = (from: string): string =>
    `1600000000: New client connected from 10.0.0.7:50001 as nrf (p2, c1, k60).\n1600000005: Client nrf [10.0.0.7:50001] disconnected: session taken over.\n1600000005: New client connected from ${from}:50002 as nrf (p2, c1, k60).\n`
  expect(leader(verdictOn(log('10.0.0.9')))).toBe('mqtt-duplicate-client-id')
  expect(leader(verdictOn(log('10.0.0.7')))).toBe('mqtt-keepalive-timeout')
})

const started = '*** Booting nRF Connect SDK v2.7.0-5cb85570ca43 ***\n[00:00:01.000,000] <inf> app: +CEREG: 2\n'

test('a board that starts again and again while it searches has barred itself, unless the network gives a reason', () => {
  expect(leader(verdictOn(started.repeat(7)))).toBe('modem-unclean-shutdown')
  for (const text of [
    started.repeat(3),
    `${started.repeat(6)}+CEREG: 3,"00C3","01B4F002",7,0,15\n`,
    `${started.repeat(6)}+CEREG: 1,"00C3","01B4F002",7\n${started}`,
  ])
    expect(shareOf(verdictOn(text), 'modem-unclean-shutdown'), text).toBe(0)
})

test('after an erased chip a full listing is what was to be expected, but not where connections fail', () => {
  const listed = `AT%CMNG=1\n%CMNG: 42,0,"${zeros}"\nOK\n`
  const own = `AT%CMNG=1\n%CMNG: 4294967292,11,"${zeros}"\nOK\n`
  const erased = 'nrfjprog --eraseall was run on the kit yesterday\n'
  const cause = 'erase-does-not-touch-modem-store'
  expect(leader(verdictOn(`${erased}${listed}`))).toBe(cause)
  expect(shareOf(verdictOn(`${erased}${listed}connect error -111\n`), cause)).toBe(0)
  expect(shareOf(verdictOn(`${erased}${own}`), cause)).toBe(0)
})

test('a build that had a session uses a tag that was full, whatever it writes at its start', () => {
  const boot = 'Credential written to tag 51\nLTE Link Connected!\n'
  const failing = `${boot}ERROR: mqtt_connect -45\n`
  const before = `${boot}MQTT client connected\n`
  const context = 'sdk=1.0.0 libc=minimal tag=42'
  expect(leader(verdictOn(failing, context))).toBe('cred-wrong-sec-tag')
  expect(shareOf(verdictOn(`${before}${failing}`, context), 'cred-wrong-sec-tag')).toBe(0)
  const story = `${before}then the battery ran empty\n${failing}`
  expect(leader(verdictOn(story, context))).toBe('cred-lost-after-power-event')
  const full = `AT%CMNG=1,42\n${[0, 1, 2].map((type) => `%CMNG: 42,${type},"${zeros}"\n`).join('')}OK\n`
  expect(shareOf(verdictOn(`${story}${full}`, context), 'cred-lost-after-power-event')).toBe(0)
})

test('a pair that is not allowed is said with the facts that say so', () => {
  const { causes } = verdictOn('nRF9160 SICA B0A\nmfw_nrf9160_1.3.2\nnrf_modem_lib_init hangs\n')
  expect(causes[0]?.cause).toBe('version-incompatible')
  expect(causes[0]?.for.map(({ words }) => words).join()).toContain('(COMPAT-20, COMPAT-21, COMPAT-24)')
})
