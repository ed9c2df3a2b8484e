import { tlsAlert } from '../../numbers/index.ts'
import { rehearsalPrefix } from '../../terms/index.ts'
import type { DistrustWhy } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import { brokerFiles } from './broker-files.ts'
import { uninformedCheck } from './host-check.ts'
import { type Line, noEnd, type Reader } from './line.ts'
import { tellFlags } from './verify-flags.ts'

type Side = 'device' | 'broker' | 'either'

/**
 * Who sent an alert that a log shows: whoever does not write the log, as a library prints what it received. Where it is
 * not known whose log this is, a log with alerts is most likely the broker's: a modem shows none (TLS-15).
 */
function senderOf(line: Line, text: string): Side {
  // So Python and Node name what their own peer sent; brokers print it in small letters.
  if (/(?:SSLV3|TLSV1|TLSV13|TLSV1_3)_ALERT_/.test(text)) return 'broker'
  // So mbedTLS and Java name what they received, and Go what its peer sent.
  if (/\bfatal alert message\b|received fatal alert:|\bremote error: tls:/i.test(text))
    return line.speaker === 'broker' ? 'device' : 'broker'
  if (
    /\balert\b.{0,16}\b(?:from|by) (?:the |our |its )?(?:broker|server|cloud|aws|azure|hub|mosquitto|emqx|hivemq)/i.test(
      text,
    )
  )
    return 'broker'
  if (/\balert\b.{0,16}\b(?:from|by) (?:the |our |its )?(?:client|device|board|modem|tracker|unit)/i.test(text))
    return 'device'
  // With a number of its thread in front it is what `openssl s_client` and Node print, and their peer sent it.
  if (line.speaker !== 'broker' && /^(?:\W*\w{1,12}:){0,2}\W*[0-9A-F]{4,16}:error:/i.test(text)) return 'broker'
  if (/CLIENT ALERT/i.test(text)) return 'device'
  // Erlang's older words for what it found itself.
  if (/SERVER ALERT|SSL: certify: \w+\.erl:\d+:Fatal error/i.test(text)) return 'broker'
  if (/\b(?:client|device|modem|board) (?:then )?(?:sends|sent|send|sending|answers with)\b/i.test(text))
    return 'device'
  if (/\b(?:broker|server|cloud|aws|azure|hub) (?:then )?(?:sends|sent|send|sending|answers with)\b/i.test(text))
    return 'broker'
  return line.speaker === 'device' ? 'broker' : 'device'
}

/** Who verified, by OpenSSL's name of the routine, or by whose log it is. */
function verifierOf(line: Line, text: string): Side {
  if (/process_server_cert|get_server_cert|verif\w+ (?:the )?(?:server|peer|broker)/i.test(text)) return 'device'
  if (
    /process_client_cert|get_client_cert|verif\w+ (?:the )?client|(?:refused|rejected) by (?:the |our )?(?:mosquitto|broker|server|emqx|hivemq)|\b(?:broker|mosquitto|emqx|hivemq)\b.{0,24}\b(?:refuses|rejects|logs?|says)\b/i.test(
      text,
    )
  )
    return 'broker'
  if (line.speaker === undefined) return ofClientStack.test(text) ? 'device' : 'either'
  return line.speaker
}

/** Words of stacks that are a client's, as far as they were seen: Node, Python, Go, rustls, .NET, Android, BearSSL, wolfSSL. */
const ofClientStack =
  /\b_ssl\.c:\d|UnknownIssuer|UNABLE_TO_|SELF_SIGNED_CERT|signed by unknown authority|UntrustedRoot|PartialChain|remote certificate is invalid|[Tt]rust anchor|X509_NOT_TRUSTED|ASN_NO_SIGNER_E|SEC_E_UNTRUSTED_ROOT/

const whyOfAlert: Readonly<Record<number, DistrustWhy>> = {
  42: 'unusable',
  43: 'unusable',
  44: 'revoked',
  45: 'expired',
  46: 'unsaid',
  48: 'untrusted',
  116: 'missing',
}

const alertNamed =
  /(?:\balert\b|(?:SSLV3|TLSV1|TLSV13|TLSV1_3)_ALERT_|ALERT: Fatal -|\.erl:\d+:Fatal error|\bTLSALERT)[\s:'"“‘({-]*(?:level: (?:fatal|warning), description: )?(?:fatal[\s,:-]*)?(?:number \d+)?\s*['"“‘]?(handshake[ _]failure|bad[ _]certificate|unsupported[ _]certificate|certificate[ _]revoked|certificate[ _]expired|certificate[ _]unknown|unknown[ _]ca|access[ _]denied|decrypt[ _]error|protocol[ _]version|insufficient[ _]security|certificate[ _]required)/i
const alertBehind =
  /\b(unknown[ _]ca|certificate[ _]unknown|bad[ _]certificate|certificate[ _]expired|decrypt[ _]error)['"”’]? alert\b|\{tls_alert,\s*\{(\w+)/i

/** mbedTLS, OpenSSL and people give it as a number: `is a fatal alert message (msg 70)`, `SSL alert number 48`. */
const alertNumbered =
  /\balert(?: message)?\b\W{0,3}(?:\(?msg |number |code |level \d,? |description:? )?(?:from \w{2,12} )?\W{0,2}(4[0-9]|5[01]|7[01]|112|115|116)\b(?!\.\d)/i

/** Go words what its peer sent in its own way. */
const alertsOfGo: readonly (readonly [RegExp, number])[] = [
  [/remote error: tls: (?:handshake failure)/, 40],
  [/remote error: tls: bad certificate/, 42],
  [/remote error: tls: revoked certificate/, 44],
  [/remote error: tls: expired certificate/, 45],
  [/remote error: tls: unknown certificate$|remote error: tls: unknown certificate(?! auth)/, 46],
  [/remote error: tls: unknown certificate authority/, 48],
  [/remote error: tls: access denied/, 49],
  [/remote error: tls: error decrypting message/, 51],
  [/remote error: tls: protocol version not supported/, 70],
  [/remote error: tls: insufficient security level/, 71],
  [/remote error: tls: certificate required/, 116],
]

function alertIn(text: string): number {
  const number = Number(alertNumbered.exec(text)?.[1] ?? 0)
  if (number > 0 || !text.includes('remote error: tls:')) return number
  return alertsOfGo.find(([pattern]) => pattern.test(text))?.[1] ?? 0
}

/** Lines of a broker's log, above all Mosquitto's, and those of TLS libraries in any log: who does not accept whom. */
export function brokerReader(tell: Tell): Reader {
  const isOfBrokersFiles = brokerFiles()
  const isUninformed = uninformedCheck()
  return {
    line(line) {
      const [ofFile, uninformed] = [isOfBrokersFiles(line), isUninformed(line)]
      if (ofFile) return
      readAlert(line, tell)
      if (!uninformed) readVerdict(line, tell)
      readSession(line, tell)
    },
    end: noEnd,
  }
}

function readAlert(line: Line, tell: Tell): void {
  const named = alertNamed.exec(line.text)?.[1] ?? alertBehind.exec(line.text)?.slice(1).find(Boolean)
  const alert = tlsAlert(named ?? alertIn(line.text))
  if (alert === undefined) return
  tellAlert(line, alert.code, senderOf(line, line.text), tell)
}

/** What an alert says, by who sent it. */
export function tellAlert(line: Line, code: number, by: Side, tell: Tell): void {
  const why = whyOfAlert[code]
  if (why !== undefined) tell(line, 'distrust', { by, why })
  else if (code === 51) tell(line, 'key-mismatch', { by: by === 'either' ? 'host' : by })
  else if (code === 70 || code === 71)
    tell(line, 'seen', { sign: code === 70 ? 'no-common-version' : 'no-common-suite' })
  else if (code === 40) tell(line, 'alert', { code, by })
}

function readVerdict(line: Line, tell: Tell): void {
  const { text } = line
  if (
    /did not return a certificate|client didn't provide a certificate|no client certificate was (?:provided|presented|sent)|\bnull cert chain\b|SSLPeerUnverifiedException: peer not authenticated|\bEmpty client certificate chain\b|NoCertificatesPresented|peer sent no certificates|no required SSL certificate|peer sent no certificate|no_client_certificate_provided|no peer certificate(?! available)|certificate_required/i.test(
      text,
    )
  )
    tell(line, 'distrust', { by: 'broker', why: 'missing' })
  if (
    /certificate verify failed|path building failed|unable to find valid certification path|unable to verify the first certificate|unable to get (?:local )?issuer|self[- ]signed certificate in|signed by unknown authority|certificate issuer is unknown|\{bad_cert,\s*(?:unknown_ca|selfsigned_peer|invalid_issuer)\b|\b(?:UnknownIssuer|UntrustedRoot|PartialChain|SEC_E_UNTRUSTED_ROOT|UNABLE_TO_GET_ISSUER_CERT\w*|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|CERTIFICATE_VERIFY_FAILED|ASN_NO_SIGNER_E|X509_NOT_TRUSTED)\b|could not be linked to a trust anchor|trust anchor for certification path not found|remote certificate is invalid|issued by an authority that is not trusted|certificate is not (?:correctly )?signed by (?:the|a) trusted CA/i.test(
      text,
    )
  )
    tell(line, 'distrust', { by: verifierOf(line, text), why: 'untrusted' })
  tellFlags(line, tell)
  if (/\{bad_cert,\s*revoked\b/.test(text)) tell(line, 'distrust', { by: 'broker', why: 'revoked' })
  if (
    /bad (?:rsa |ecdsa )?signature|padding_check_PKCS1_type_1|block type is not 01|key[ _]values[ _]mismatch|signature verification failed/i.test(
      text,
    )
  )
    tell(line, 'key-mismatch', { by: verifierOf(line, text) === 'broker' ? 'broker' : 'host' })
}

function readSession(line: Line, tell: Tell): void {
  const { text } = line
  // A rehearsal is the host's: it says nothing of a board.
  if (text.includes(rehearsalPrefix)) return
  const client = /New client connected from \S+ as (\S{1,80})/.exec(text)?.[1]
  if (client !== undefined) tell(line, 'connack', { code: 0, by: 'broker', client })
  const code = /Sending CONNACK to \S+ \(\d+, (\d+)\)/.exec(text)?.[1]
  if (code !== undefined) tell(line, 'connack', { code: Number(code), by: 'broker' })
  if (/disconnected[:,] not authori[sz]ed/i.test(text)) tell(line, 'connack', { code: 5, by: 'broker' })
  if (/bad username or password/i.test(text)) tell(line, 'connack', { code: 4, by: 'broker' })
}
