import { lineTypes } from './line-types.ts'
import { object, type Schema } from './schema-parts.ts'

/** The JSON Schema of one line of `--json`, published as docs/schema/sectag-1.schema.json. */
export function jsonSchema(): Schema {
  const line = object({
    schema: { const: 'sectag/1' },
    seq: { type: 'integer', minimum: 0 },
    time: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
    type: { enum: Object.keys(lineTypes) },
  })
  const branches = Object.entries(lineTypes).map(([type, schema]) => ({
    // JSON Schema's own words for it are if and then; an object with a then is awaited by mistake, so: not this type, or so.
    anyOf: [{ not: { properties: { type: { const: type } } } }, schema],
  }))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'One line of sectag --json',
    description: 'The last line of every run is of type "result". Additive changes only.',
    ...line,
    allOf: branches,
  }
}
