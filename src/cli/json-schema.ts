import { dialects } from '../at/index.ts'
import { proofs } from '../terms/index.ts'
import { exitCodes } from './exit-codes.ts'

type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const whole: Schema = { type: 'integer' }
const yesNo: Schema = { type: 'boolean' }
const proof: Schema = { enum: [...proofs] }
const verdict: Schema = { enum: ['PASS', 'FAIL', 'UNKNOWN'] }
const slot: Schema = object({ tag: whole, type: whole })
const refusal: Schema = {
  type: 'object',
  required: ['kind'],
  properties: {
    kind: {
      enum: ['cme', 'cms', 'error', 'silence', 'unplugged', 'garbled', 'aborted', 'busy', 'unsupported', 'unproven'],
    },
    code: whole,
  },
}
const left: Schema = {
  type: 'object',
  required: ['asFound'],
  properties: { asFound: yesNo, state: { type: 'object' }, refusal, tookRadio: yesNo },
}

const texts: Schema = { type: 'array', items: text }
const reasons: Schema = {
  type: 'array',
  items: object({ words: text, said: text, from: object({ evidence: text, line: whole }) }),
}

function object(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } }
}

/** What each type of line carries beside `schema`, `seq`, `time` and `type`. New ones may be added, none is taken away. */
export const lineTypes: Readonly<Record<string, Schema>> = {
  port: object(
    { path: text, likely: { enum: ['nordic', 'no'] } },
    { manufacturer: text, product: text, serialNumber: text, vendorId: text, productId: text },
  ),
  identity: object(
    { imei: text },
    {
      manufacturer: text,
      model: text,
      firmwareText: text,
      firmware: { type: 'object' },
      hardware: text,
      uuid: text,
      iccid: text,
      dialect: { enum: [...dialects] },
      functionalMode: whole,
      supplyMillivolt: whole,
      capabilities: { type: 'object' },
    },
  ),
  held: object({ slot, name: text, digest: { type: 'object' } }),
  slot: object(
    { slot, name: text, is: { enum: ['same', 'differs', 'missing', 'unwanted', 'unknowable'] } },
    { variant: text, why: text, step: { enum: ['write', 'erase', 'enrol'] } },
  ),
  plan: object({ write: whole, erase: whole, unknowable: whole }, { enrol: whole }),
  outcome: object({ do: { enum: ['write', 'erase', 'enrol', 'look'] }, slot, ok: yesNo }, { refusal }),
  left,
  verdict: object(
    { verdict, proof, asked: proof, enough: yesNo },
    { same: whole, slots: whole, sessions: { type: 'array' }, seen: whole, reachableByListing: proof },
  ),
  rehearsal: object(
    { place: text, reached: yesNo, clientId: text },
    { obstacle: text, detail: text, alert: whole, server: { type: 'object' } },
  ),
  listening: object({ place: text, witness: { enum: ['embedded', 'observer'] } }, { subjects: { type: 'array' } }),
  sighting: object(
    { at: whole, peer: text, handshake: { enum: ['full', 'resumed', 'none'] } },
    { certificate: { type: 'object' }, clientId: text, session: whole, refused: { type: 'object' }, short: text },
  ),
  'nothing-open': object({ imei: text }),
  board: object({ address: text }, { index: whole, imei: text, firmware: text }),
  line: object({ direction: { enum: ['>', '<', '#'] }, text }),
  notice: object({ code: text, text }),
  failure: object({ what: text, state: text, why: text, next: text }),
  cause: object(
    {
      rank: whole,
      cause: text,
      group: { enum: ['store', 'tls', 'broker', 'network', 'platform', 'none'] },
      probability: { type: 'number', minimum: 0, maximum: 1 },
      meaning: text,
      for: reasons,
      against: reasons,
      remedy: object({ do: text, costs: text, risks: text }),
      prevention: text,
      facts: texts,
    },
    { links: texts },
  ),
  asked: object({ id: text, words: text }, { answer: text }),
  bundle: object({ out: text, files: texts, struck: whole }),
  works: object({ words: text, said: text, from: object({ evidence: text, line: whole }) }),
  pair: object(
    {
      firmware: text,
      is: { enum: ['verified', 'expected', 'tests-only', 'forbidden', 'unlisted', 'unknown'] },
      words: text,
      facts: texts,
    },
    { sdk: text, hardware: text },
  ),
  preferred: object({ words: text, facts: texts }),
  change: object({ since: text, about: text, words: text, facts: texts, likely: yesNo }),
  pages: object({ pages: texts }),
  verified: object({ firmware: text, sdks: texts, fact: text }),
  unknown: object({ items: texts }),
  question: object({ topic: text, words: text, cable: texts, sms: texts }),
  'exit-code': object({ code: whole, meaning: text }),
  'exit-row': object({ verb: text, outcome: text, exit: whole }),
  authority: object({ folder: text, issued: whole, expiring: whole, rootKeyHere: yesNo }),
  'authority-certificate': object(
    {
      role: { enum: ['root', 'issuing'] },
      subject: text,
      notBefore: text,
      notAfter: text,
      fingerprint: text,
      file: text,
    },
    { key: text },
  ),
  pem: object({ label: text, pem: text }),
  issued: object(
    {
      profile: { enum: ['server', 'device'] },
      subject: text,
      serial: text,
      notAfter: text,
      fingerprint: text,
      out: text,
    },
    { key: text },
  ),
  completion: object({ shell: text, script: text }),
  act: object({ act: text, tell: text }, { typed: text }),
  stage: object({ folder: text, broker: text }),
  member: object({
    name: text,
    imei: text,
    firmware: text,
    sdk: text,
    key: { enum: ['imported', 'born'] },
    port: text,
  }),
  provisioned: object({ name: text, key: text }),
  proof: object({ name: text, verdict }),
  silent: object({ back: whole, silent: { type: 'array' } }),
  heard: object({ name: text, led: text, replies: { type: 'array' } }, { lastWords: text }),
  diagnosed: object({ name: text, cause: text, probability: { type: 'number' } }),
  account: object({
    boards: whole,
    proven: whole,
    lost: whole,
    explained: whole,
    healed: whole,
    decoys: whole,
    wronglyWritten: whole,
    wrong: { type: 'array' },
  }),
  staying: object({ folder: text }),
  result: object(
    { verb: text, ok: yesNo, exit: { enum: Object.keys(exitCodes).map(Number) }, meaning: text },
    { verdict, proof, left, refusal, cause: text, probability: { type: 'number' }, lines: whole, struck: whole },
  ),
}

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
