import { expect, test } from 'vitest'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'

test.each([
  ['hostname-mismatch', 'Error = Tls(Io(Custom { kind: InvalidData, error: InvalidCertificate(NotValidForName) }))'],
  ['cred-wrong-ca', 'Error: InvalidCertificate(UnknownIssuer)'],
  ['cred-wrong-ca', 'invalid peer certificate: UnknownIssuer'],
  ['clock-not-set', 'invalid peer certificate: InvalidCertificate(NotValidYet)'],
  ['hostname-mismatch', 'SSL: no alternative certificate subject name matches target host name'],
  ['hostname-mismatch', 'javax.net.ssl.SSLPeerUnverifiedException: Host localhost was not verified'],
  ['client-cert-missing', 'javax.net.ssl.SSLHandshakeException: null cert chain'],
  ['client-cert-missing', 'Client certificate authentication forced but no client certificate was provided'],
  [
    'cred-wrong-ca',
    'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1129)',
  ],
  ['hostname-mismatch', 'wolfSSL error: peer subject name mismatch (-322)'],
  ['client-cert-inactive', '{tls_alert,{certificate_revoked, {bad_cert,revoked}}}'],
  ['server-ca-rotated', '{bad_cert,cert_expired}'],
  ['hostname-mismatch', 'server_certificate_verify failed returned 0x0004'],
  ['clock-not-set', 'mbedtls_ssl_get_verify_result flags = 0x200'],
  ['cred-wrong-ca', 'mbedtls: verification of the peer: result 0x08'],
  ['cred-wrong-ca', 'MQT: TLS connection error: 62'],
  ['hostname-mismatch', 'MQT: TLS connection error: 56'],
  ['clock-not-set', 'BSSL error 53'],
  ['tls-version-mismatch', 'MQT: TLS connection error: 326'],
  ['app-memory-or-buffer', 'mbedtls_ssl_setup error - returns 0x7F00'],
  ['app-memory-or-buffer', 'ERROR: Handshake failed with error code -16'],
  ['app-memory-or-buffer', 'mbedtls_ssl_setup SSL - Memory allocation failed -32512'],
  ['mqtt-bad-credentials', '[Decoder] received (4)=<20020004>'],
  ['mqtt-bad-credentials', 'RX: 0x20 0x02 0x00 0x04'],
  ['cred-wrong-ca', 'connect returned -9984'],
  ['key-format-unsupported', 'mqtt_task: connecting ... Error: -15744'],
  ['plain-on-tls-port', 'MQT: TLS connection error: 0\\nMQT: connection failed due to 10.0.0.9:1883, rc -2'],
  ['dns-failure', 'Last error code reported from esp-tls: 0x8001'],
  ['app-memory-or-buffer', 'Last tls stack error number: 0x7f00'],
  ['cred-wrong-sec-tag', 'setsockopt TLS_SEC_TAG_LIST failed: ENOENT'],
  ['modem-init-failed', '<err> lte_lc: Could not initialize modem library, error: -5'],
  ['sim-not-active', '+CEER: "IMSI unknown in HSS"'],
  ['app-memory-or-buffer', 'calloc failure while the JWT is made'],
  ['key-format-unsupported', 'error:0906A068:PEM routines:PEM_do_header:bad password read'],
  ['hostname-mismatch', 'javax.net.ssl.SSLHandshakeException: No subjectAltNames on the certificate match'],
  ['net-apn', 'registered, but AT+CGPADDR shows 0.0.0.0'],
  ['plain-on-tls-port', 'WiFiClient plain;\\nPubSubClient client(plain);\\nclient.setServer(host, 8883);'],
  ['plain-on-tls-port', 'connecting to MQTT on 127.0.0.1:1883 as clientID x with TLS\\nA TLS error occurred'],
  ['psk-format', 'AT%CMNG=0,21,3,"correcthorse"\nOK'],
])('%s: %s', (cause, line) => {
  expect(leader(verdictOn(`${line.replaceAll('\\n', '\n')}\n`))).toBe(cause)
})

test.each([
  ['a key in hexadecimal', 'AT%CMNG=0,21,3,"0a1b2c3d"\nOK'],
  ['a key that is left out', 'AT%CMNG=0,21,3,"<psk>"\nOK'],
  ['a number of mbedTLS that is no set of bits', 'verify returned 0x2700'],
  ['a dump that has the octets of an answer among others', '30 20 02 00 04 11'],
])('%s says nothing of the kind', (_what, line) => {
  const verdict = verdictOn(`${line.replaceAll('\\n', '\n')}\n`)
  expect(['insufficient-evidence', 'cred-wrong-ca']).toContain(leader(verdict))
  expect(shareOf(verdict, 'psk-format') + shareOf(verdict, 'mqtt-bad-credentials')).toBeLessThan(0.1)
})

test('a pre-shared key is judged before it is struck out, and is not shown', () => {
  const verdict = verdictOn('AT%CMNG=0,21,3,"correcthorse"\nOK\n')
  expect(JSON.stringify(verdict)).not.toContain('correcthorse')
})
