import { proofs } from '../terms/index.ts'

/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>

export const text: Schema = { type: 'string' }
export const whole: Schema = { type: 'integer' }
export const yesNo: Schema = { type: 'boolean' }
export const proof: Schema = { enum: [...proofs] }
export const verdict: Schema = { enum: ['PASS', 'FAIL', 'UNKNOWN'] }
export const slot: Schema = object({ tag: whole, type: whole })
/** From its first address to the one behind its last. */
export const stretch: Schema = object({ from: whole, to: whole })
export const refusal: Schema = {
  type: 'object',
  required: ['kind'],
  properties: {
    kind: {
      enum: ['cme', 'cms', 'error', 'silence', 'unplugged', 'garbled', 'aborted', 'busy', 'unsupported', 'unproven'],
    },
    code: whole,
  },
}
export const left: Schema = {
  type: 'object',
  required: ['asFound'],
  properties: { asFound: yesNo, state: { type: 'object' }, refusal, tookRadio: yesNo },
}

export const entering: Schema = { enum: ['enters', 'unknown', 'refuses', 'unreached'] }
export const texts: Schema = { type: 'array', items: text }
export const bytes: Schema = object({ der: whole, pem: whole })
export const reasons: Schema = {
  type: 'array',
  items: object({ words: text, said: text, from: object({ evidence: text, line: whole }) }),
}

/** An object with these properties, and those that may be absent. */
export function object(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } }
}
