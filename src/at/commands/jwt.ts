import { type Command, information } from '../command.ts'
import { bare, type Codec, fields, int, optional, quoted, syntaxError } from '../syntax.ts'

/** What `AT%JWT` takes; every part may be left out (KEY-46). */
export interface JwtOrder {
  /** 0, ES256. */
  algorithm?: number
  /** Seconds until it expires. Without it, or with 0, the token has no times at all (KEY-50). */
  lifetime?: number
  subject?: string
  audience?: string
  /** Where the key is; the identity key signs without it (KEY-49). */
  tag?: number
  /** 2 a client's private key, 8 an endorsement key (KEY-47). */
  keyType?: number
}

const params = fields({
  algorithm: optional(int(0, 255)),
  lifetime: optional(int()),
  subject: optional(quoted),
  audience: optional(quoted),
  tag: optional(int()),
  keyType: optional(int(0, 255)),
})

const request: Codec<JwtOrder> = {
  format(order) {
    const text = params.format(order)
    return text === '' ? '' : `=${text}`
  },
  parse(text) {
    if (text === '') return {}
    if (!text.startsWith('=')) throw syntaxError('parameters or nothing', text)
    return params.parse(text.slice(1).trim())
  },
}

/** KEY-54: some firmware writes ordinary base64, with `+`, `/` and `=`. */
const threeParts = bare(/^[\w+/-]+=*\.[\w+/-]+=*\.[\w+/-]+=*$/, 'three parts of base64url with points between them')

/**
 * `AT%JWT=[<alg>],[<lifetime>],["<subject>"],["<audience>"][,<tag>,<key type>]`: a token by which a server knows the modem,
 * signed by its identity key or by a key of a tag (KEY-48, KEY-52).
 */
export const jwt: Command<JwtOrder, string> = {
  name: '%JWT',
  doc: 'A JSON web token. AT reference: security, %JWT.',
  request,
  answer: information('%JWT', {
    format: (value) => quoted.format(value),
    parse: (text) => threeParts.parse(quoted.parse(text)),
  }),
  patience: 15_000,
}
