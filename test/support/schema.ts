import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { jsonSchema } from '../../src/cli/json-schema.ts'

const validate = new Ajv2020({ strict: false }).compile(jsonSchema())

/** Every line is as published, numbered from 0, and the last one is the result. */
export function expectPublished(events: readonly Record<string, unknown>[]): void {
  for (const event of events) expect(validate(event), JSON.stringify([event, validate.errors])).toBe(true)
  expect(events.map((event) => event['seq'])).toEqual(events.map((_, index) => index))
  expect(events.filter((event) => event['type'] === 'result')).toEqual(events.slice(-1))
}
