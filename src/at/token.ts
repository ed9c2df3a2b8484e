import { bare, type Codec, quoted } from './syntax.ts'

const shape = bare(/^[\w-]+\.[\w-]+$/, 'two halves of base64url with a point between them')

/** `"<base64url>.<base64url>"`: what a modem says of itself, and its signature. Between quotes, as base64url can hold `OK`. */
export const quotedToken: Codec<string> = {
  format: (value) => quoted.format(value),
  parse: (text) => shape.parse(quoted.parse(text)),
}
