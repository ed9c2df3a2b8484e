import { type Bytes, byteText, hex, type Secret } from '../terms/index.ts'
import { markAssignedSecrets } from './assigned-secrets.ts'
import { markCarriedSecrets } from './carried-secrets.ts'
import { markCommandSecrets, markOpenSecret } from './command-secrets.ts'
import { KeyDump } from './key-dump.ts'
import { keyHeadersIn } from './key-header.ts'
import { markTailOfLine } from './key-tail.ts'
import { struckMark } from './struck-mark.ts'

/** A text without its secrets, and how many runs were struck out. */
export interface Struck {
  text: string
  struck: number
}

/** So many characters in a row betray a secret; anything shorter is left, as it says nothing. */
const windowLength = 16

/** What may stand between two characters of a secret: white space, and line ends as escapes write them. */
const separators = /\s|\\+[nr]|\\+u000[ad]|\\+x0[ad]|%0[ad]/giy

/** Windows of known secrets, by their length. */
type Windows = Map<number, Set<string>>

interface Letters {
  text: string
  /** Where each letter stands in the original. */
  at: number[]
}

function letters(text: string): Letters {
  const found: Letters = { text: '', at: [] }
  for (let at = 0; at < text.length; ) {
    separators.lastIndex = at
    const gap = separators.exec(text)
    if (gap !== null) at += gap[0].length
    else {
      found.text += text[at]
      found.at.push(at++)
    }
  }
  return found
}

/** The base64 bodies of PEM text, or the text itself: the part that must never be seen. */
function bodies(text: string): string[] {
  const found = [...text.matchAll(/-----BEGIN [^-]+-----([^-]*)-----END/g)].map((match) => match[1] ?? '')
  return found.length > 0 ? found : [text]
}

function derHex(body: string): string[] {
  try {
    const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
    return [hex(bytes), hex(bytes).toUpperCase()]
  } catch {
    return []
  }
}

/** Every form in which a secret might be printed: as it is, base64url, and hexadecimal. */
function forms(secret: Bytes): string[] {
  return bodies(byteText(secret)).flatMap((body) => {
    const text = letters(body).text
    const url = text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
    return [text, url, ...derHex(text), hex(secret), hex(secret).toUpperCase()]
  })
}

function addWindows(windows: Windows, text: string): void {
  if (text === '') return
  const length = Math.min(windowLength, text.length)
  const set = windows.get(length) ?? new Set()
  windows.set(length, set)
  for (let at = 0; at + length <= text.length; at++) set.add(text.slice(at, at + length))
}

function markKnown(text: string, windows: Windows, marked: Uint8Array): void {
  if (windows.size === 0) return
  const found = letters(text)
  for (const [length, set] of windows) {
    for (let start = 0; start + length <= found.text.length; start++) {
      if (set.has(found.text.slice(start, start + length)))
        marked.fill(1, found.at[start], (found.at[start + length - 1] ?? 0) + 1)
    }
  }
}

/** Cheap searches that nearly every line of a log fails. */
const mayHaveCommand = /%CMNG|\+C(?:PIN|PWD|LCK|GAUTH)|#X(?:CMNG|MQTTCON|FTP)/i
const mayHaveName = /pass|pwd|_pw|psk|secret|token|key|pin|puk/i
const mayBeCarried = /mosq|mqttx?\s|:\/\/|\s--?p|\s-u|--[apst]|passw|passph|pw_set|<[pst]|authori|bearer|sig=|eyJ/i

function render(text: string, marked: Uint8Array): Struck {
  if (!marked.includes(1)) return { text, struck: 0 }
  let out = ''
  let struck = 0
  for (let at = 0; at < text.length; at++) {
    if (marked[at] === 0) out += text[at]
    else if (marked[at - 1] !== 1) {
      out += struckMark
      struck++
    }
  }
  return { text: out, struck }
}

/**
 * A line that is none of a key: it has signs that no key has, and no run as long as a key's. Two headers of old encrypted keys
 * look alike, and so would a key's line behind a terminal's stamp, but for its run.
 */
const noKey = /^(?!Proc-Type|DEK-Info)(?!.*[A-Za-z0-9+/]{16}).*[:<>[\](){}%]/

/** What may be a DER sequence in base64 whose BEGIN was left off. What is flattened goes on behind a blank. */
const bareSequence = /(?<![A-Za-z0-9+/])M[A-Za-z0-9+/]{15,}={0,2}(?:\s[A-Za-z0-9+/]{16,}={0,2})*/g

/** Whether it is a private key: unlike a certificate, it says so at its beginning. */
function isBareKey(base64: string): boolean {
  const beginning = base64.replaceAll(/\s/g, '').slice(0, 40)
  const [bytes = ''] = derHex(beginning.slice(0, beginning.length - (beginning.length % 4)))
  return keyHeadersIn(bytes)[0]?.at === 0
}

/** A line that can be of such a key: what is shorter says nothing. */
const bareLine = /^\s*[A-Za-z0-9+/]{16,}={0,2}\s*$/

/** No key is longer, its line ends counted: RSA with 16,384 bits has about 13,000 characters. What never ends swallows no more than this. */
const longestKey = 16_384

/**
 * The one door at which secrets are struck out. It works on logical lines, so no chunking can slip a secret past it, and
 * it knows secrets in two ways: those it was told, in every form; and whatever looks like a private key, a PSK on its way
 * into the modem, a password or a PIN, so that a recording of somebody else's dialogue is clean too. One striker for one
 * direction. The end of a key whose beginning was never seen is told by what comes behind it: {@link KeyTail}.
 */
export class Striker {
  readonly #windows: Windows
  #insideKey = false
  #insideBareKey = false
  /** A command's secret was begun in the line before, and its quote is open. */
  #insideQuote = false
  readonly #dump = new KeyDump()
  /** So many characters stand behind the BEGIN that is open. */
  #behindBegin = 0

  constructor(windows: Windows = new Map()) {
    this.#windows = windows
  }

  /** Remembers a secret; strikers made by {@link Striker.twin} learn it too. */
  know(secret: Secret): void {
    for (const form of forms(secret.reveal())) addWindows(this.#windows, form)
  }

  /** A striker for the other direction that shares the known secrets. */
  twin(): Striker {
    return new Striker(this.#windows)
  }

  /** The line without its secrets. */
  line(text: string): Struck {
    // A command is whole in its line: a key that was cut in the one before does not reach into it.
    if (/^\s*AT/i.test(text)) this.#insideKey = false
    const marked = new Uint8Array(text.length)
    markKnown(text, this.#windows, marked)
    this.#markPlaces(text, marked)
    this.#markKeys(text, marked)
    this.#markBareKey(text, marked)
    this.#dump.mark(text, marked)
    if (/^\s*AT/i.test(text)) this.#insideKey = false
    return render(text, marked)
  }

  #markPlaces(text: string, marked: Uint8Array): void {
    this.#insideQuote = this.#insideQuote && markOpenSecret(text, marked)
    if (mayHaveCommand.test(text)) this.#insideQuote = markCommandSecrets(text, marked)
    if (mayHaveName.test(text)) markAssignedSecrets(text, marked)
    if (mayBeCarried.test(text)) markCarriedSecrets(text, marked)
  }

  /**
   * Whatever stands between BEGIN and END of a private key, over as many lines as it takes. A line of something else may stand
   * in between, as several speak on one cable: it is left, and the key goes on behind it.
   */
  #markKeys(text: string, marked: Uint8Array): void {
    const other = this.#insideKey && noKey.test(text)
    if (!this.#insideKey) {
      if (!text.includes('-----')) return
      markTailOfLine(text, marked)
    }
    let at = 0
    while (at < text.length) {
      const rest = text.slice(at)
      const edge = this.#insideKey
        ? /-----(?:END|BEGIN)/.exec(rest)
        : /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.exec(rest)
      const to = edge === null ? text.length : at + edge.index
      if (this.#insideKey && !other) marked.fill(1, at, to)
      if (edge === null) return this.#goOn(to - at + 1)
      this.#behindBegin = 0
      at = to + edge[0].length
      this.#insideKey = !this.#insideKey
      // The BEGIN of something else ends a key that never did; it is looked at again, as it may be one of a key.
      if (edge[0].endsWith('BEGIN')) at = to
    }
  }

  /** From the line that begins like a key on, as long as lines of base64 follow. */
  #markBareKey(text: string, marked: Uint8Array): void {
    if (this.#insideBareKey && bareLine.test(text)) {
      marked.fill(1)
      return
    }
    this.#insideBareKey = false
    for (const { index, 0: key } of text.matchAll(bareSequence)) {
      if (!isBareKey(key)) continue
      marked.fill(1, index, index + key.length)
      this.#insideBareKey = text.slice(index + key.length).trim() === ''
    }
  }

  /** No edge is in sight; whatever goes on for longer than a key is none. */
  #goOn(characters: number): void {
    this.#behindBegin += this.#insideKey ? characters : 0
    if (this.#behindBegin <= longestKey) return
    this.#insideKey = false
    this.#behindBegin = 0
  }
}
