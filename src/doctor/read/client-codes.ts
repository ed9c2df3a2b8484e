import { bearSslAlert, bearSslCodes, type BearSslMeans } from '../../numbers/index.ts'
import type { Matter } from '../prose/matters.ts'
import type { Sign } from '../signs/tables.ts'

/** What a client library or a modem of another make says by a number of its own: an answer to CONNECT, or a sign. */
export interface ClientCode {
  readonly connack?: number
  readonly sign?: Sign
  /** An alert that the other side sent. */
  readonly alert?: number
  /** What fails, where the number says no more. */
  readonly failing?: Matter
}

const unreached: ClientCode = { failing: 'server' }
const unanswered: ClientCode = { sign: 'connect-unanswered' }
const dropped: ClientCode = { sign: 'session-lost' }
const silent: ClientCode = { sign: 'silent-too-long' }
const unresolved: ClientCode = { sign: 'name-not-resolved' }
const noBearer: ClientCode = { sign: 'apn-wrong' }
const noHandshake: ClientCode = { failing: 'tls' }
const answer = (connack: number): ClientCode => ({ connack })
const answers = { 1: answer(1), 2: answer(2), 3: answer(3), 4: answer(4), 5: answer(5) } as const

interface CodeTable {
  /** The number is the first group that is there. */
  readonly pattern: RegExp
  readonly codes: Readonly<Record<number, ClientCode>>
}

const ofBearSsl: Readonly<Record<BearSslMeans, ClientCode>> = {
  untrusted: { sign: 'root-not-the-issuer' },
  name: { sign: 'name-not-in-certificate' },
  'no-clock': { sign: 'clock-wrong' },
  validity: { sign: 'not-valid-now' },
  version: { sign: 'no-common-version' },
  suite: { sign: 'no-common-suite' },
  plain: { sign: 'plain-on-tls' },
  signature: noHandshake,
  certificate: noHandshake,
}

/** BearSSL by its numbers; what is above them carries an alert of the other side. */
const bearSsl: CodeTable = {
  pattern: /\b(?:TLS connection error|BearSSL|BSSL|getLastSSLError)\b\D{0,40}(\d{1,3})\b/i,
  codes: Object.fromEntries([
    ...Array.from({ length: 121 }, (_, alert) => [bearSslAlert + alert, { alert }] as const),
    ...bearSslCodes.map(({ number, means }) => [number, ofBearSsl[means]] as const),
  ]),
}

/** The numbers are those of the libraries' headers and the makers' AT manuals: each counts by itself. */
const tables: readonly CodeTable[] = [
  bearSsl,
  {
    // PubSubClient for Arduino, `state()`, as its example prints it.
    pattern: /\bfailed,? ?(?:with )?(?:rc|state)[ =:]{1,3}(-?\d)\b|\b(?:client|mqtt)\w*\.state\(\)\W{1,6}(-?\d)\b/i,
    codes: { [-4]: unanswered, [-3]: dropped, [-2]: unreached, [-1]: dropped, ...answers },
  },
  {
    // Paho for Python: `on_connect` gives the answer, `on_disconnect` the library's own number.
    pattern: /\bdisconnect(?:ed|ion)?\b.{0,30}\b(?:rc|result code|code|reason)[ =:]{1,3}(\d{1,2})\b/i,
    codes: { 7: dropped, 16: silent, ...answers },
  },
  {
    pattern:
      /\b(?:connect\w*|on_connect|result|refused)\b.{0,30}\b(?:rc|result code|returned code)[ =:]{1,3}([1-5])\b/i,
    codes: answers,
  },
  {
    pattern:
      /\b(?:return|reason|result) code (?:is |of )?([1-5])\b.{0,24}\b(?:from|by|of) (?:the |our |my )?(?:broker|server)\b/i,
    codes: answers,
  },
  {
    // ESP-TLS: what it says of the handshake, the number of mbedTLS beside it says better.
    pattern: /\besp[-_]tls\b.{0,24}\b0x(80(?:0[1-8]|1[0-9a-b]))\b/i,
    codes: { 8001: unresolved, 8004: unreached, 8006: { sign: 'handshake-timed-out' }, 8008: dropped },
  },
  {
    // Quectel, BG95/BG96/EC2x.
    pattern: /\+QMTOPEN: ?\d,(-?\d)/,
    codes: { [-1]: unreached, 3: noBearer, 4: unresolved, 5: unreached },
  },
  { pattern: /\+QMTCONN: ?\d,\d,([1-5])\b/, codes: answers },
  { pattern: /\+QMTSTAT: ?\d,(\d)/, codes: { 1: dropped, 2: silent, 3: unanswered, 4: unanswered } },
  {
    pattern: /\+(?:QSSLOPEN|QIOPEN|QIGETERROR): ?(?:\d{1,2},)?(5\d\d)\b/,
    codes: {
      552: { sign: 'order-wrong' },
      561: noBearer,
      565: unresolved,
      566: unreached,
      571: noBearer,
      579: noHandshake,
    },
  },
  {
    // wolfSSL, and wolfCrypt below it.
    pattern:
      /\b(?:wolfSSL\w*|load|err(?:or)?|ret(?:urned)?|failed)\b[^\d\n]{0,24}(-(?:150|151|155|188|313|322|326|501))\b/i,
    codes: {
      [-150]: { sign: 'not-yet-valid' },
      [-151]: { sign: 'server-changed' },
      [-155]: { sign: 'root-not-the-issuer' },
      [-188]: { sign: 'root-not-the-issuer' },
      [-313]: noHandshake,
      [-322]: { sign: 'name-not-in-certificate' },
      [-326]: { sign: 'no-common-version' },
      [-501]: { sign: 'no-common-suite' },
    },
  },
  {
    // SIMCom, A76xx and SIM7xxx.
    pattern: /\+CMQTTCONNECT: ?\d,(\d{1,2})\b/,
    codes: {
      3: unreached,
      7: noBearer,
      25: unresolved,
      26: dropped,
      27: answer(1),
      28: answer(2),
      29: answer(3),
      30: answer(4),
      31: answer(5),
      32: noHandshake,
      33: { sign: 'set-incomplete-told' },
    },
  },
]

/** One cheap search, before those of the tables. */
const mayHaveOne =
  /\+[QC][A-Z]{4}|\b(?:TLS connection|BearSSL|BSSL|getLastSSL|esp[-_]tls)|\b(?:rc|state|code)\b|state\(\)|-[135]\d\d\b/i

/** What a line says by such a number; an empty answer, where it has one of these numbers that says nothing more. */
export function clientCodeIn(words: string): ClientCode | undefined {
  if (!mayHaveOne.test(words)) return undefined
  for (const { pattern, codes } of tables) {
    const number = pattern.exec(words)?.slice(1).find(Boolean)
    if (number !== undefined) return codes[Number(number)] ?? {}
  }
  return undefined
}
