import { expect, test } from 'vitest'
import { type Cause, causes, rules } from '../../src/doctor/index.ts'
import { leader, shareOf, verdictOn } from '../support/evidence.ts'

const placeholder = (type: number): string => `0${type}`.repeat(32)
const held = (tag: number, ...types: number[]): string =>
  types.map((type) => `%CMNG: ${tag},${type},"${placeholder(type)}"`).join('\n')
const listing = (tag: number, ...types: number[]): string => `AT%CMNG=1,${tag}\n${held(tag, ...types)}\nOK\n`
const registered = '+CEREG: 5,"00C3","01B4F002",7\n'

interface Example {
  readonly text: string
  readonly context?: string
}

/** For each cause an example that it explains, and one beside it that it does not. */
const examples: Partial<Record<Cause, { readonly yes: Example; readonly no: Example }>> = {
  'cred-slot-empty': {
    yes: { text: `${registered}mqtt_connect failed: -45\n${listing(42)}`, context: 'sdk=1.2.0 libc=minimal tag=42' },
    no: { text: `${registered}mqtt_connect failed: -45\n${listing(42, 0, 1, 2)}`, context: 'sdk=1.2.0 tag=42' },
  },
  'cred-lost-after-power-event': {
    yes: { text: `the battery ran empty on Tuesday\nconnect error -95\n${listing(42)}`, context: 'sdk=1.3.0 tag=42' },
    no: { text: `connect error -95\n${listing(42)}`, context: 'sdk=1.3.0 tag=42' },
  },
  'cred-set-incomplete': {
    yes: { text: `connect() failed, errno 111\n${listing(42, 0, 1)}`, context: 'sdk=2.4.0 tag=42' },
    no: { text: `connect() failed, errno 111\n${listing(42, 0, 1, 2)}`, context: 'sdk=2.4.0 tag=42' },
  },
  'cred-wrong-sec-tag': {
    yes: { text: `connect error -111\nAT%CMNG=1\n${held(24, 0, 1, 2)}\nOK\n`, context: 'sdk=1.9.0 tag=42' },
    no: { text: `connect error -111\nAT%CMNG=1\n${held(42, 0, 1, 2)}\nOK\n`, context: 'sdk=1.9.0 tag=42' },
  },
  'cred-wrong-ca': {
    yes: {
      text: `${listing(42, 0, 1, 2)}1700000000: OpenSSL Error[0]: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca\n`,
    },
    no: {
      text: `${listing(42, 0, 1, 2)}1700000000: OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed\n`,
    },
  },
  'server-ca-rotated': {
    yes: {
      text: 'all boards stopped connecting on the same day\n1700000000: OpenSSL Error[0]: ssl/tls alert unknown ca\n',
    },
    no: { text: '1700000000: OpenSSL Error[0]: ssl/tls alert unknown ca\n' },
  },
  'key-cert-mismatch': {
    yes: { text: '1700000000: OpenSSL Error[0]: error:0A00007B:SSL routines::bad signature\n' },
    no: { text: '1700000000: OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed\n' },
  },
  'pem-format': {
    yes: { text: 'AT%CMNG=0,42,0,"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----"\n+CME ERROR: 527\n' },
    no: { text: 'AT%CMNG=0,42,0,"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"\nOK\n' },
  },
  'supply-voltage-low': {
    yes: { text: 'AT%CMNG=0,42,0,"x"\n+CME ERROR: 528\n' },
    no: { text: 'AT%CMNG=0,42,0,"x"\n+CME ERROR: 515\n' },
  },
  'app-config': {
    yes: { text: 'AT+CFUN?\n+CFUN: 1\nOK\nAT%CMNG=0,42,0,"x"\n+CME ERROR: 518\n' },
    no: { text: 'AT%XSYSTEMMODE=1,0,0,0\n+CME ERROR: 518\n' },
  },
  'client-cert-missing': {
    yes: { text: '1700000000: OpenSSL Error[0]: error:0A0000C7:SSL routines::peer did not return a certificate\n' },
    no: { text: '1700000000: New client connected from 10.0.0.7:40000 as board-7 (p2, c1, k60).\n' },
  },
  'broker-does-not-trust-client-chain': {
    yes: { text: '1700000000: OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed\n' },
    no: { text: '1700000000: OpenSSL Error[0]: error:0A000418:SSL routines::tlsv1 alert unknown ca\n' },
  },
  'sim-failure': {
    yes: { text: 'AT+CFUN=1\nOK\n%XSIM: 0,9\nAT+CPIN?\n+CME ERROR: 13\n' },
    no: { text: 'AT+CFUN=4\nOK\n%XSIM: 0\nAT+CPIN?\nERROR\n' },
  },
  'net-not-registered': {
    yes: { text: 'AT+CEREG?\n+CEREG: 5,2,"00C3","01B4F002",7\nOK\n' },
    no: { text: `+CEREG: 2\n${registered}` },
  },
  'net-plmn-reject': {
    yes: { text: '+CEREG: 3,"00C3","01B4F002",7,0,11\n' },
    no: { text: `+CEREG: 2,"00C3","01B4F002",7,0,11\n${registered}` },
  },
  'insufficient-evidence': {
    yes: { text: 'mqtt_connect error -45\n' },
    no: { text: `mqtt_connect error -45\n${listing(42)}`, context: 'tag=42 sdk=1.0.0' },
  },
  'dns-failure': {
    yes: { text: '<err> mqtt_helper: getaddrinfo() failed, error -101\n' },
    no: { text: '<err> mqtt_helper: mqtt_connect failed, error -116\n' },
  },
  'modem-init-failed': {
    yes: { text: 'Modem library init failed, error: -5\n' },
    no: { text: 'Modem library initialized\n' },
  },
  'modem-crash': {
    yes: { text: '<err> nrf_modem: Modem has crashed, reason 0x4, PC: 0x1234\n<err> app: connect failed, errno 110\n' },
    no: { text: '<err> app: connect failed, errno 104\n' },
  },
  'hostname-mismatch': {
    yes: { text: 'Error: host name verification failed.\n' },
    no: { text: 'the host name is right\n' },
  },
  'plain-on-tls-port': {
    yes: { text: '1700000000: OpenSSL Error[0]: error:0A00010B:SSL routines::wrong version number\n' },
    no: { text: '1700000000: New connection from 10.0.0.7:40000 on port 8883.\n' },
  },
  'tls-version-mismatch': {
    yes: { text: '1700000000: OpenSSL Error[0]: error:0A000102:SSL routines::unsupported protocol\n' },
    no: { text: '1700000000: OpenSSL Error[0]: error:0A00010B:SSL routines::wrong version number\n' },
  },
  'clock-not-set': {
    yes: { text: 'mbedtls: The certificate validity starts in the future\n' },
    no: { text: 'mbedtls: handshake done\n' },
  },
  'client-cert-inactive': {
    yes: { text: '{"handshake":"full","peer":"x","refused":{"by":"broker","reason":"client-revoked"}}\n' },
    no: { text: '{"handshake":"full","peer":"x","refused":{"by":"broker","reason":"client-unknown-ca"}}\n' },
  },
  'broker-policy-denies': {
    yes: { text: '1700000000: Client board-7 [10.0.0.7:40000] disconnected: not authorised.\n' },
    no: { text: '1700000000: Client board-7 [10.0.0.7:40000] disconnected.\n' },
  },
  'broker-config': {
    yes: { text: '1700000000: Error: Unable to load server certificate "/etc/x.crt". Check certfile.\n' },
    no: { text: '1700000000: Opening ipv4 listen socket on port 8883.\n' },
  },
  'mqtt-bad-credentials': {
    yes: { text: '<err> app: MQTT connect failed 4\n' },
    no: { text: '<err> app: MQTT connect failed 5\n' },
  },
  'mqtt-duplicate-client-id': {
    yes: { text: '1700000000: Client board-7 [10.0.0.7:40000] disconnected: session taken over.\n' },
    no: { text: '1700000000: Client board-7 [10.0.0.7:40000] disconnected: exceeded timeout.\n' },
  },
  'mqtt-keepalive-timeout': {
    yes: { text: '1700000000: Client board-7 [10.0.0.7:40000] disconnected: exceeded timeout.\n' },
    no: { text: '1700000000: Client board-7 [10.0.0.7:40000] disconnected: session taken over.\n' },
  },
}

const all = Object.entries(examples).flatMap(([cause, { yes, no }]) => [{ cause, yes, no }])

test('every cause has a rule and two examples, but for the one without a cause, which needs no rule', () => {
  expect(Object.keys(examples).sort()).toEqual(causes.map(({ cause }) => cause).sort())
  expect([...rules.map(({ id }) => id), 'insufficient-evidence'].sort()).toEqual(Object.keys(examples).sort())
})

test.each(all)('$cause leads where its own evidence is, and each reason names a line', ({ cause, yes }) => {
  const verdict = verdictOn(yes.text, yes.context)
  expect(leader(verdict)).toBe(cause)
  const [top] = verdict.causes
  const lines = new Map([['evidence', yes.text.split('\n')]])
  for (const { from, words } of [...(top?.for ?? []), ...(top?.against ?? [])]) {
    expect(words).not.toBe('')
    expect(lines.get(from.evidence)?.[from.line - 1]).toBeTruthy()
  }
  if (cause !== 'insufficient-evidence') expect(top?.for.length).toBeGreaterThan(0)
})

test.each(all)('$cause does not lead beside its evidence', ({ cause, no }) => {
  const verdict = verdictOn(no.text, no.context)
  expect(leader(verdict)).not.toBe(cause)
  expect(shareOf(verdict, cause)).toBeLessThan(0.5)
})

test('every explanation names a cause', () => {
  const names = new Set(causes.map(({ cause }) => cause))
  for (const { explains = [] } of rules) for (const cause of explains) expect(names).toContain(cause)
})
