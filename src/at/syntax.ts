import { type Bytes, byteText, bytesOf, SectagError } from '../terms/index.ts'

/** A piece of the AT language and its value. `parse` throws a SectagError `at-syntax`; `channel.ts` makes it an Outcome. */
export interface Codec<T> {
  format(value: T): string
  parse(text: string): T
}

/** A codec for one parameter: what stands between two commas. */
export interface Param<T> extends Codec<T> {
  readonly optional?: true
  readonly fixed?: true
  readonly tail?: true
}

/** The error of every codec; it quotes no more than the first characters, because a parameter may be a secret. */
export function syntaxError(expected: string, text: string): SectagError {
  const came = text === '' ? 'nothing' : `${text.length} characters`
  return new SectagError('at-syntax', `expected ${expected}, found ${came}`)
}

/** A whole decimal number within bounds (default: what fits in 32 bits, as security tags do). */
export function int(min = 0, max = 0xffff_ffff): Param<number> {
  return {
    format: (value) => String(value),
    parse(text) {
      const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN
      if (!(value >= min && value <= max)) throw syntaxError(`a number from ${min} to ${max}`, text)
      return value
    },
  }
}

/** Text between double quotes. The language has no escape, so the text itself can have no quote (AT-13). */
export const quoted: Param<string> = {
  format(value) {
    if (value.includes('"')) throw new SectagError('at-syntax', 'a quoted parameter cannot hold a double quote')
    return `"${value}"`
  },
  parse(text) {
    if (!/^"[^"]*"$/.test(text)) throw syntaxError('a text between quotes', text)
    return text.slice(1, -1)
  },
}

/** Bytes between double quotes, byte for byte: what `AT%CMNG=0` stores and its digest covers (DIG-02). */
export const quotedBytes: Param<Bytes> = {
  format: (value) => quoted.format(byteText(value)),
  parse: (text) => bytesOf(quoted.parse(text)),
}

/** Unquoted text of a given shape. */
export function bare(shape: RegExp, what: string): Param<string> {
  return {
    format: (value) => value,
    parse(text) {
      if (!shape.test(text)) throw syntaxError(what, text)
      return text
    },
  }
}

/** A parameter that is always the same, such as the opcode of `%CMNG`; it is no part of the value. */
export function fixed(literal: string): Param<void> & { readonly fixed: true } {
  return {
    fixed: true,
    format: () => literal,
    parse(text) {
      if (text !== literal) throw syntaxError(literal, text)
    },
  }
}

/** A parameter that may be left out, at the end or between two commas. */
export function optional<T>(param: Param<T>): Param<T> & { readonly optional: true } {
  return { ...param, optional: true }
}

/** Whatever parameters may follow: a newer firmware may say more than we know of. It must stand last. */
export const tail: Param<string[]> & { readonly optional: true; readonly tail: true } = {
  optional: true,
  tail: true,
  format: (values) => values.join(','),
  parse: (text) => splitParams(text),
}

type Shape = Record<string, Param<unknown>>
type ValueOf<P> = P extends Codec<infer T> ? T : never
type Keys<S, Mark> = { [K in keyof S]: S[K] extends Mark ? K : never }[keyof S]
type OptionalKeys<S> = Keys<S, { readonly optional: true }>
type FixedKeys<S> = Keys<S, { readonly fixed: true }>

/** The value of a list of parameters: fixed ones left out, optional ones optional. */
export type FieldsOf<S extends Shape> = { [K in Exclude<keyof S, OptionalKeys<S> | FixedKeys<S>>]: ValueOf<S[K]> } & {
  [K in OptionalKeys<S>]?: ValueOf<S[K]>
}

/** Splits at the commas outside quotes; blanks around a parameter are the modem's to ignore (AT-04). */
export function splitParams(text: string): string[] {
  const parts = text.match(/(?:"[^"]*"|[^",])+|(?<=,|^)(?=,|$)/g) ?? []
  if (parts.join(',').length !== text.length) throw syntaxError('parameters with closed quotes', text)
  return parts.map((part) => part.trim())
}

/**
 * Parameters separated by commas, in the order of the shape's keys.
 *
 * @example fields({ tag: int(), type: int(0, 255), sha: quoted }).format({ tag: 42, type: 0, sha: 'AB' }) // '42,0,"AB"'
 */
export function fields<S extends Shape>(shape: S): Codec<FieldsOf<S>> {
  const params = Object.entries(shape)
  return {
    format(value) {
      const given = value as Record<string, unknown>
      const tokens = params.map(([key, param]) => {
        if (param.optional && given[key] === undefined) return undefined
        return param.format(given[key])
      })
      while (tokens.length > 0 && tokens.at(-1) === undefined) tokens.pop()
      return tokens.map((token) => token ?? '').join(',')
    },
    parse(text) {
      const tokens = text === '' ? [] : splitParams(text)
      if (tokens.length > params.length && !params.at(-1)?.[1].tail)
        throw syntaxError(`at most ${params.length} parameters`, text)
      const value: Record<string, unknown> = {}
      params.forEach(([key, param], index) => {
        const token = param.tail ? tokens.slice(index).join(',') : tokens[index]
        if (param.optional && (token === undefined || token === '')) return
        const parsed = param.parse(token ?? '')
        if (!param.fixed) value[key] = parsed
      })
      return value as FieldsOf<S>
    },
  }
}
