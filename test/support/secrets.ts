import { parsePem } from '../../src/pki/index.ts'
import { hex } from '../../src/terms/index.ts'

const window = 24

function windowsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - window + 1) }, (_, at) => text.slice(at, at + window))
}

/** Every 24-character window of a key's base64 body, its base64url, and its DER and text in hexadecimal. */
export function secretWindows(pem: string): ReadonlySet<string> {
  const body = pem.replaceAll(/-----[^-]+-----|\s/g, '')
  const der = hex(parsePem(pem).blocks.at(-1)?.der ?? new Uint8Array())
  const text = Buffer.from(pem).toString('hex').slice(56, -52)
  const url = body.replaceAll('+', '-').replaceAll('/', '_')
  return new Set([body, url, der, der.toUpperCase(), text].flatMap(windowsOf))
}

/** The windows that a text shows, line ends and their escapes not counted. */
export function seen(text: string, windows: ReadonlySet<string>): string[] {
  const flat = text.replaceAll(/\\+[rn]|\s|%0[ad]|\\+u000[ad]/gi, '')
  return windowsOf(flat).filter((found) => windows.has(found))
}

/** Every window of words such as a passphrase, as they are, in base64 and in hexadecimal. */
export function wordWindows(words: string): ReadonlySet<string> {
  const bytes = Buffer.from(words)
  const [hex, url] = [bytes.toString('hex'), bytes.toString('base64url')]
  return new Set([words, hex, hex.toUpperCase(), bytes.toString('base64'), url].flatMap(windowsOf))
}

/**
 * The windows of a P-256 key in PKCS#8 that show something of the secret number in it: not those of its 36 octets of
 * header, which all such keys and their certificates share, and not those of the public key at its end.
 */
export function privateWindows(pem: string): string[] {
  const body = pem.replaceAll(/-----[^-]+-----|\s/g, '')
  const open = new Set([...wordWindows(body.slice(0, 48)), ...wordWindows(body.slice(92))])
  return [...secretWindows(pem)].filter((window) => !open.has(window))
}
