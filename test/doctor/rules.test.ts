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
  'cred-store-corrupt': {
    yes: {
      text: `mfw_nrf9160_0.7.0-29.alpha\nthe write of the key hung\nconnect error -45\n${listing(42, 0, 1, 2)}`,
      context: 'sdk=0.4.0 tag=42',
    },
    no: { text: `mfw_nrf9160_1.3.5\nconnect error -111\n${listing(42, 0, 1, 2)}`, context: 'sdk=2.0.0 tag=42' },
  },
  'cred-content-malformed': {
    yes: { text: 'bsdlib_init() failed, error -1\nthe certificate entries contain garbage: one byte each\n' },
    no: { text: 'bsdlib_init() failed, error -1\n' },
  },
  'cred-wrong-type-or-tag': {
    yes: {
      text: `connect error -111\nAT%CMNG=1\n${held(42, 1, 2)}\n${held(43, 0)}\nOK\n`,
      context: 'sdk=2.0.0 tag=42',
    },
    no: {
      text: `connect error -111\nAT%CMNG=1\n${held(42, 0, 1, 2)}\n${held(43, 0)}\nOK\n`,
      context: 'sdk=2.0.0 tag=42',
    },
  },
  'cred-in-other-store': {
    yes: { text: `connect error -2\nAT%CMNG=1\n${held(421, 0)}\n${held(422, 0)}\nOK\n`, context: 'sdk=2.0.0 tag=42' },
    no: { text: `connect error -2\nAT%CMNG=1\n${held(421, 1)}\nOK\n`, context: 'sdk=2.0.0 tag=42' },
  },
  'leaf-pinned-instead-of-root': {
    yes: {
      text: "the server's own certificate is stored as the CA; it breaks at each renewal\nconnect error -111\n",
      context: 'sdk=2.0.0',
    },
    no: { text: "the root above the server's certificate is stored\nconnect error -111\n", context: 'sdk=2.0.0' },
  },
  'key-format-unsupported': {
    yes: {
      text: '$ head -1 device.key\n-----BEGIN EC PARAMETERS-----\n',
    },
    no: { text: 'AT%CMNG=0,42,1,"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"\nOK\n' },
  },
  'pem-line-endings': {
    yes: { text: `AT%CMNG=0,42,0,"-----BEGIN CERTIFICATE-----${'MIIB'.repeat(30)}-----END CERTIFICATE-----"\nOK\n` },
    no: { text: `AT%CMNG=0,42,0,"-----BEGIN CERTIFICATE----- ${'MIIB '.repeat(30)}-----END CERTIFICATE-----"\nOK\n` },
  },
  'psk-format': {
    yes: { text: 'the DTLS handshake timed out\nthe PSK was written as plain text\n' },
    no: { text: 'the DTLS handshake timed out\n' },
  },
  'erase-does-not-touch-modem-store': {
    yes: { text: `after nrfjprog --eraseall the certificates are still there\n${listing(42, 0, 1, 2)}` },
    no: { text: `nrfjprog --eraseall, then a new application\n${listing(42)}` },
  },
  'cert-chain-too-large': {
    yes: { text: 'the chain of 5300 bytes is over the 4 kB limit\nModem has crashed, reason 0x4\n' },
    no: { text: 'Modem has crashed, reason 0x4\n' },
  },
  'handshake-timeout': {
    yes: { text: 'NB-IoT: the TLS handshake timed out; with a longer time-out it works\n' },
    no: { text: 'mqtt_connect error -116\n', context: 'sdk=2.0.0' },
  },
  'tls-handshake-unspecified': {
    yes: { text: 'connect failed, errno 45\nanother server works with its own CA\n', context: 'sdk=1.3.0' },
    no: {
      text: `connect failed, errno 45\nanother server works with its own CA\n1700000000: OpenSSL Error[0]: tlsv1 alert unknown ca\n`,
      context: 'sdk=1.3.0',
    },
  },
  'client-cert-not-registered': {
    yes: { text: '<err> app: MQTT connect failed 5\nthe device is not registered in the hub\n' },
    no: { text: '<err> app: MQTT connect failed 5\n' },
  },
  'sim-not-active': {
    yes: { text: '+CEREG: 3,"00C3","01B4F002",7,0,8\n' },
    no: { text: '+CEREG: 3,"00C3","01B4F002",7,0,15\n' },
  },
  'net-rat-not-available': {
    yes: {
      text: 'AT%XSYSTEMMODE=1,0,0,0\nOK\n+CEREG: 2\nAT%XSYSTEMMODE=0,1,0,0\nOK\n+CEREG: 1,"00C3","01B4F002",9\n',
    },
    no: { text: 'AT%XSYSTEMMODE=1,0,0,0\nOK\n+CEREG: 2\n' },
  },
  'net-sticky-reject': {
    yes: { text: '+CEREG: 3,"00C3","01B4F002",7,0,11\nresets do not help, only a power cycle does\n' },
    no: { text: '+CEREG: 3,"00C3","01B4F002",7,0,11\n' },
  },
  'net-apn': {
    yes: { text: `${registered}+CNEC_ESM: 27,0\nconnect error -114\n`, context: 'sdk=2.0.0' },
    no: { text: `${registered}+CNEC_ESM: 50,0\nconnect error -111\n`, context: 'sdk=2.0.0' },
  },
  'net-blocked': {
    yes: {
      text: 'connect error -111\n$ openssl s_client -connect broker:8883\nconnect:errno=111\n',
      context: 'sdk=2.0.0',
    },
    no: { text: 'connect() failed, errno 111 ("Connection refused")\n', context: 'sdk=2.0.0' },
  },
  'modem-unclean-shutdown': {
    yes: { text: '+CEREG: 2\nafter one clean CFUN=0 it registers\n' },
    no: { text: '+CEREG: 2\n' },
  },
  'hardware-fault': {
    yes: { text: 'only one unit fails; it draws 300 mA, and the debugger cannot connect\n' },
    no: { text: 'only one unit fails\n' },
  },
  'version-incompatible': {
    yes: { text: 'nrf_modem_lib_init hangs\nnRF9160 SICA B0A\nmfw_nrf9160_1.3.0\n' },
    no: { text: 'nrf_modem_lib_init hangs\nnRF9160 SICA B1A\nmfw_nrf9160_1.3.0\n' },
  },
  'wrong-image-or-target': {
    yes: { text: 'the update was reported as successful; the board is mute since\n' },
    no: { text: 'the update was reported as successful\n' },
  },
  'app-memory-or-buffer': {
    yes: { text: 'mbedtls: mbedtls_ssl_setup returned -0x7f00\n' },
    no: { text: 'mbedtls: mbedtls_ssl_handshake returned -0x2700\n' },
  },
  'library-bug': {
    yes: { text: 'it is a regression of the library, fixed in NCS 2.4.1\n' },
    no: { text: 'NCS 2.4.0 is in use\n' },
  },
  'at-uart-problem': {
    yes: { text: 'the answers are garbled, characters are missing; with flow control it works\n' },
    no: { text: 'the answers come as they should\n' },
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
