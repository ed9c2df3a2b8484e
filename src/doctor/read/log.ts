import { atResult, errnoTable, mqttCode, tlsLibraryCode } from '../../numbers/index.ts'
import type { Call } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import { tellAlert } from './broker.ts'
import { clientCodeIn } from './client-codes.ts'
import { connackIn } from './connack-bytes.ts'
import { type Line, noEnd, type Reader } from './line.ts'

/** An errno that is named tells more than what the call returned: `failed: -1, errno: 111`. */
const errnoNamed = /\berrno\b[\s:=(]{0,4}(?:is |was )?(-?\d{1,5})\b(?!\s*(?:ms|s|%|bytes)\b|[.:]\d)/gi
/** Where a number is: behind a word that announces a result, with its sign. Numbers with a unit or in a time are none. */
const announced =
  /(?:\berrno|\berror code|\berror|\berr|\br[cv]|\bret(?:urn(?:ed)?)?|\bfail(?:ed|s|ing)?(?: with)?|\bg[ia]ves?|\bgets?|\bgot|\bstatus|\breturns?|\bcode|\bresult)\s*[:=,(]*\s*(?:code\s*)?(-?\d{1,10})\b(?!\s*(?:ms|s|%|bytes)\b|[.:]\d)/i
/** A negative number right behind the name of a call, as samples print it: `mqtt_connect -45`, `connect: -45`. */
const behindCall =
  /\b[a-z]\w*_\w+(?:\(\))?\s*:?\s*(-\d{1,10})\s*$|\b(?:connect|socket|send)(?:\(\))?\s*:?\s*(-\d{1,10})\s*$/i
/** In a sentence about a call, a small negative number is what it returned. */
const negative = /(?:^|[\s(:=,"'])(-\d{1,3})\b(?!\s*(?:dBm?|ms|s|V|%|°)\b|[.:]\d|-\w)/
const hexadecimal =
  /\b(?:returned|returns|error|errno|failed|fails|ret|rc|code|result|err|number)\b[^\d\w]{0,4}(?:with|code|is)?[^\d\w-]{0,4}-?(0x[0-9a-f]{2,8})\b/i
/** Zephyr's socket layer printed it without `0x` (net_sock_tls). */
const bareHexadecimal =
  /\b(?:TLS handshake error|mbedtls_\w{1,40}(?:\(\))? (?:error|returned|failed)(?: with)?):? -([0-9a-f]{4})\b/i
/** A number of mbedTLS needs no word in front: no other one looks so. */
const ofLibrary = /-(0x[2-7][0-9a-f][08]0)\b/i
/** From -4096 down no call returns a number of its own but mbedTLS. */
const ofModules = /(?:^ ?|[=:] ?|\b(?:failed|code|error|returned) )-(?:[4-9]\d{3}|[12]\d{4}|3[0-2]\d{3})\b/
/** The same in decimal, as some print it: in brackets, or behind a name. */
const decimal =
  /\((-\d{2,5})\)|(?:^|[=:]|\b(?:failed|code|error|returned)) ?(-\d{4,5})\b|\bhandshake\b.{0,40} (-\d{2,3})\b/i

/** Which call a line speaks of; the first that fits, as a connect that failed for a name speaks of both. */
const calls: readonly (readonly [Call, RegExp])[] = [
  ['start', /\b(?:bsdlib|nrf_modem_lib)_init\b(?:\(\))?.{0,12}\b(?:return|fail|error|gives)/i],
  ['other', /\b[gs]etsockopt\b/i],
  ['name', /\bgetaddrinfo|\bdns\b|resolve/i],
  ['key-store', /key_mgmt|key mgmt|modem_key|inbuilt_key|credential|\bcert(?:s|ificates?)?\b|sec(?:urity)?[ _]tag/i],
  [
    'start',
    /(?:modem_lib|bsdlib|modem library|modem lib).{0,20}init|modem.{0,12}initiali[sz]|initiali[sz]ation(?: of)?(?: the)? modem|\binitiali[sz]ation fails/i,
  ],
  ['link', /\blte[_ -]?(?:lc|link)|functional mode|registration|\bcfun\b|network mode/i],
  ['at', /\bAT\b.{0,12}\b(?:command|cmd)|at_cmd|at_host|at_shell/],
  ['session', /\bmqtt_(?:input|live|read|ping|keepalive)\b/i],
  ['connect', /connect|\btls|\bmqtt|\bhttps?\b|\bcoaps?\b|cloud|download_client|fota|socket|transport|broker/i],
]

const up =
  /\b(?:connected to (?:the )?(?:lte|network)|network connect(?:ed|ivity established)|lte (?:link )?connected|registered(?:,| -|: connected)? ?-? ?(?:home|roaming)|pdn (?:connection )?activ|ip address assigned|lte_connected)/i
const down =
  /\b(?:failed to connect to (?:the )?(?:lte|network)|(?:could not|unable to|failed to) (?:establish|attach|register).{0,20}(?:lte|network|link)|lte link (?:lost|disconnected)|network (?:connection )?(?:lost|disconnected|timeout)|registration denied|no (?:cellular )?network)/i
const noCard =
  /\bno (?:sim|uicc)(?: card)?(?: (?:detected|found|inserted|present)|\W*$|:)|\bsim(?: card)? (?:not (?:inserted|found|detected|present)|missing|fail(?:ed|ure))|uicc (?:error|failure|fault|not)|\bno card\b(?! (?:issue|problem|error))|\bCEREG: 90\b/i
const nativeTls =
  /-0x[2-7][0-9a-f][08]0\b|mbedtls|tls handshake error|esp[-_]tls|ssl_client|ssl_handshake|tls stack error|wificlientsecure|\bhandshake failed\b.{0,30} -\d/i
const session =
  /\bmqtt (?:client )?connected\b|\bMQTT_EVT_CONNACK\b.{0,20}\b0\b|\bCONNACK(?: received)?[:= ]+(?:0x)?0\b/i
const connack =
  /\b(?:connack(?: (?:return |reason )?code)?|MQTT_EVT_CONNACK|connection (?:was )?(?:not accepted|rejected)|connection refused,?|mqtt connect(?:ion)? (?:was )?(?:failed|refused|rejected),?|connect return code)\b\W{0,3}(?:(?:with )?(?:return|reason|result|error)? ?(?:code|result|rc))?[\s:=,(]*(?:0x0?([1-5])|0*([1-5])|0x(8[0-9a-f]|9[0-9a-f])|(1[2-5]\d))\b(?!\.\d)/i
/** Libraries say it in words: Paho, MQTT.js and others. */
const refusedInWords: readonly (readonly [number, RegExp])[] = [
  [1, /\bconnection refused\W{0,4}unacceptable protocol/i],
  [2, /\b(?:connection refused\W{0,4}(?:identifier|id) rejected|client identifier not valid)/i],
  [3, /\bconnection refused\W{0,4}server unavailable/i],
  [4, /\bconnection refused\W{0,4}bad user ?name/i],
  [5, /\bconnection refused\W{0,4}(?:not authori[sz]ed|unauthori[sz]ed)/i],
]

/** The code with which a broker refused, as a line tells it; undefined for any other line. */
function refusalIn(words: string): number | undefined {
  const [, hex, decimal, hexOf5, decimalOf5] = connack.exec(words) ?? []
  if (hex !== undefined || decimal !== undefined) return Number(hex ?? decimal)
  if (hexOf5 !== undefined) return Number.parseInt(hexOf5, 16)
  if (decimalOf5 !== undefined) return mqttCode(Number(decimalOf5))?.code
  return refusedInWords.find(([, pattern]) => pattern.test(words))?.[0]
}

/** What OpenSSL says of a chain has numbers of its own. */
const verified = /\bverify (?:return code|error)|\bat \d+ depth lookup/i

const atCommand = /\bAT[+%#][A-Z]/i

/** A line of a log is one piece; people put several sentences into a line, each with a number and a call of its own. */
function piecesOf({ text, raw }: Line): string[] {
  if (text !== raw) return [text]
  const sentences = text.split(/(?<=[.;!?])\s+(?=\S)/)
  return sentences.flatMap((sentence) => (atCommand.test(sentence) ? sentence.split(/,\s+/) : [sentence]))
}

/** The log of an application: lines of Zephyr's logger in any of its forms, and plain `printk`. */
export function logReader(tell: Tell): Reader {
  return {
    line(line) {
      if (line.speaker === 'broker' || verified.test(line.text)) return
      for (const piece of piecesOf(line)) {
        const words = `${line.module ?? ''} ${piece}`
        if (atCommand.test(piece) || readClientCode(line, piece, tell)) continue
        readStages(line, words, tell)
        readNumber(line, words, tell)
      }
    },
    end: noEnd,
  }
}

/** Whether the number of a line is a client library's own: then it is no errno. */
function readClientCode(line: Line, words: string, tell: Tell): boolean {
  const found = clientCodeIn(words)
  if (found?.connack !== undefined) tell(line, 'connack', { code: found.connack, by: 'device' })
  if (found?.sign !== undefined) tell(line, 'seen', { sign: found.sign })
  if (found?.alert !== undefined) tellAlert(line, found.alert, 'broker', tell)
  if (found?.failing !== undefined) tell(line, 'matter', { matter: found.failing, is: 'failing' })
  return found !== undefined
}

/** Whoever tells of a session from another computer tells of no session of the device in question. */
const elsewhere =
  /\b(?:from|on|with) (?:an?|the|my|our|another) (?:[\w.-]{1,16} ){0,3}(?:box|pc|laptop|computer|desktop|workstation|notebook|mac)\b/i

function readStages(line: Line, words: string, tell: Tell): void {
  if (noCard.test(words)) tell(line, 'sim', { state: 'failed', what: 'the application found no SIM' })
  if (down.test(words)) tell(line, 'link', { up: false })
  else if (up.test(words)) tell(line, 'link', { up: true })
  if (session.test(words))
    if (line.text === line.raw && elsewhere.test(words)) tell(line, 'seen', { sign: 'computer-works' })
    else tell(line, 'connack', { code: 0, by: 'device' })
  const refused = refusalIn(words) ?? connackIn(words)
  if (refused !== undefined) tell(line, 'connack', { code: refused, by: 'device' })
}

function readNumber(line: Line, words: string, tell: Tell): void {
  if (refusalIn(words) !== undefined) return
  const native = nativeTls.test(words) || ofModules.test(words) ? nativeIn(words) : undefined
  if (native !== undefined) return tell(line, 'native-tls', { number: native })
  const number = numberIn(words)
  // POSIX calls return -1 whenever they fail; the name beside it says why.
  if (number === undefined || (number === -1 && nameIn(words) !== undefined)) return readName(line, words, tell)
  if (number === 0 || !Number.isSafeInteger(number)) return
  const refusal = atResult(number)
  if (refusal !== undefined && refusal.kind !== 'error') return tell(line, 'refused', refusal)
  // ERR-110: a bare ERROR to a command of the library; ERR-116: link control makes EFAULT of it.
  if (refusal !== undefined || ((number === -14 || number === -8) && /lte_?lc|modem_module/i.test(words)))
    tell(line, 'seen', { sign: 'command-not-known' })
  const call = callOf(words)
  if (call !== undefined) tell(line, 'failure', { number, call })
}

function numberIn(words: string): number | undefined {
  const errno = [...words.matchAll(errnoNamed)].map(([, digits]) => Number(digits)).find((number) => number !== 0)
  if (errno !== undefined) return errno
  const found = announced.exec(words) ?? behindCall.exec(words) ?? negative.exec(words)
  return found === null ? undefined : Number(found.slice(1).find(Boolean))
}

/** The number of mbedTLS, in either way of writing; a decimal one only where it is known, as it could be an errno. */
function nativeIn(words: string): number | undefined {
  const bare = bareHexadecimal.exec(words)?.[1]
  const read = bare === undefined ? 0 : -Number.parseInt(bare, 16)
  if (bare !== undefined && tlsLibraryCode(-Number(bare)) === undefined && tlsLibraryCode(read) !== undefined)
    return read
  const hex = hexadecimal.exec(words)?.[1] ?? ofLibrary.exec(words)?.[1]
  if (hex !== undefined) return -Number(hex)
  const number = Number(decimal.exec(words)?.slice(1).find(Boolean) ?? 0)
  return tlsLibraryCode(number) === undefined ? undefined : number
}

/** Whoever asks what a name stands for tells of no call: `EINVAL = invalid certificate?`. */
const asksMeaning = /\bE[A-Z]{2,14}\b ?(?:=|means|stands for|is) [^?]{1,80}\?/

/** `-ECONNREFUSED`: people write the name, and so do newer logs. Beside it stands newlib's number, as that of most builds. */
function readName(line: Line, words: string, tell: Tell): void {
  if (asksMeaning.test(words)) return
  const found = nameIn(words)
  const call = callOf(words)
  if (found !== undefined && call !== undefined)
    tell(line, 'failure', { number: -found.newlib, name: found.name, call })
}

function nameIn(words: string): { name: string; newlib: number } | undefined {
  const name = /(?:^|[\s(:=,-])(E[A-Z]{2,14})\b/.exec(words)?.[1]
  const newlib = errnoTable.find((entry) => entry.name === name)?.newlib
  return name === undefined || newlib === undefined ? undefined : { name, newlib }
}

function callOf(words: string): Call | undefined {
  // "Failed to connect to LTE" is the link's, not the server's.
  if (/connect(?:ing|ion)? to (?:the )?(?:lte|network)/i.test(words)) return 'link'
  return calls.find(([, pattern]) => pattern.test(words))?.[0]
}
