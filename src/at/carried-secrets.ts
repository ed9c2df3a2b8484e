/** Of an argument in a command line: with quotes or without. */
const argument = `(?:\\\\{0,8}"((?:[^"\\\\]|\\\\.){1,400}?)\\\\{0,8}"|'([^']{1,400})'|([^\\s"'-][^\\s"']{0,400}))`
const client = '\\b(?:mosquitto_(?:pub|sub|rr)|mqttx?)\\b'

/** Secrets by what carries them: command lines, addresses, headers. Groups hold the secret. */
const carriers = [
  // mosquitto_pub(1): -P, --pw and --psk; MQTTX and the HiveMQ CLI have --password and -pw.
  new RegExp(`(?<=${client}.{0,400}?\\s)(?:-P|--pw|-pw|--password|--psk)(?:\\s{1,4}|=)${argument}`, 'dg'),
  new RegExp(`\\bmosquitto_passwd(?:\\s+-\\w+){0,4}\\s+-\\w*b\\w*\\s+\\S+\\s+\\S+\\s+${argument}`, 'dg'),
  // openssl(1): pass phrases and pre-shared keys.
  /\s-pass(?:in|out)?\s+["']?pass:([^\s"']+)/dg,
  /\bs_(?:client|server)\b.{0,400}?\s-psk\s+["']?([^\s"'-][^\s"']*)/dg,
  /\bcurl\b.{0,400}?\s(?:-u|--user)[\s=]["']?[^\s:"']{1,200}:([^\s"']+)/dg,
  new RegExp(
    `(?<=^|\\s)--(?:password|passwd|passphrase|pass|token|secret|api-?key)\\s{1,4}${argument}(?=\\s*$|\\s+[-|>&;\\\\])`,
    'dg',
  ),
  // Paho's call in Python; and what a log says in words, where no word is like it.
  /username_pw_set\([^,()]{1,200},\s{0,4}(?:password\s?=\s?)?["']([^"']{1,400})["']/dg,
  /\bpass(?:word|phrase)\s{1,4}(?:is\s)?((?=\w{0,64}\d)(?=\w{0,64}[a-z])(?!0x)[\w!@#$%^&*+=]{7,64})(?=$|[\s"',;.)])/dgi,
  /<(?:password|passwd|passphrase|secret|token)>([^<>]{1,400})</dgi,
  // RFC 3986, 3.2.1: what stands behind the first colon of the user.
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,200}:([^\s/"'<>]{1,400})@/dgi,
  // RFC 7617 and RFC 6750.
  /\bauthorization\\{0,8}["']?\s{0,4}[:=]\s{0,4}\\{0,8}["']?(?:bearer|basic|digest|token)\s+([^\s"'\\,;]+)/dgi,
  /\bbearer\s+((?=[^\s"']{0,400}\d)(?=[^\s"']{0,400}[a-z])[A-Za-z0-9._~+/=-]{16,})/dgi,
  /(?:[?&\s;]|%26)sig=([^&\s"'\\;]{8,})/dgi,
  // RFC 7515, 7.1: whoever lacks the signature of a token cannot use it; what it says stays readable.
  /(?<![\w-])eyJ[\w-]{8,8192}\.[\w-]{8,8192}\.([\w-]{16,})/dg,
]

/** Marks secrets in addresses, headers and command lines. */
export function markCarriedSecrets(text: string, marked: Uint8Array): void {
  for (const carrier of carriers) {
    for (const { indices } of text.matchAll(carrier))
      for (const [from, to] of indices?.slice(1).filter((range) => range !== undefined) ?? []) marked.fill(1, from, to)
  }
}
