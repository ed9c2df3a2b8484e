import { dialects } from '../at/index.ts'
import { birthParts } from '../identity/index.ts'
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

const entering: Schema = { enum: ['enters', 'unknown', 'refuses', 'unreached'] }
const texts: Schema = { type: 'array', items: text }
const bytes: Schema = object({ der: whole, pem: whole })
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
  key: object(
    { slot, origin: { enum: ['modem', 'host', 'unknown'] } },
    { key: text, since: whole, proof: yesNo, why: text },
  ),
  'key-seen-by-host': object({ tag: whole, since: whole }, { key: text }),
  birth: object(
    {
      birth: { enum: ['born', 'unknown', 'broken'] },
      name: text,
      links: {
        type: 'array',
        items: object({ part: { enum: [...birthParts] }, text }, { holds: yesNo }),
      },
      rests: text,
    },
    {
      tag: whole,
      deviceUuid: text,
      key: text,
      identityKey: text,
      unsaid: text,
      note: text,
      ground: { type: 'object' },
    },
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
  'broker-check': object(
    { place: text, entering, chainBytes: whole, clientCertificate: text, clientCas: texts, findings: whole },
    { name: text, shared: { type: 'object' }, withoutName: yesNo, session: yesNo },
  ),
  'server-certificate': object({
    role: { enum: ['server', 'intermediate', 'root', 'extra'] },
    subject: text,
    issuer: text,
    bytes: whole,
    key: text,
    signature: text,
    notBefore: text,
    notAfter: text,
    days: whole,
    fingerprint: text,
  }),
  'broker-finding': object(
    { class: text, weight: { enum: ['unreached', 'refuses', 'open', 'note'] }, sure: yesNo, what: text, why: text },
    { facts: texts, fix: text, figures: { type: 'object' } },
  ),
  listening: object({ place: text, witness: { enum: ['embedded', 'observer'] } }, { subjects: { type: 'array' } }),
  sighting: object(
    { at: whole, peer: text, handshake: { enum: ['full', 'resumed', 'none', 'unreadable'] } },
    {
      certificate: { type: 'object' },
      clientId: text,
      session: whole,
      refused: { type: 'object' },
      short: text,
      boards: texts,
      next: text,
    },
  ),
  'nothing-open': object({ imei: text }),
  board: object({ address: text }, { index: whole, imei: text, firmware: text }),
  line: object({ direction: { enum: ['>', '<', '#'] }, text }),
  notice: object({ code: text, text }),
  failure: object({ what: text, state: text, why: text, next: text }),
  cause: object({
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
  }),
  unknown: object({ items: texts }),
  question: object({ topic: text, words: text, cable: texts, sms: texts }),
  'exit-code': object({ code: whole, meaning: text }),
  'exit-row': object({ verb: text, outcome: text, exit: whole }),
  authority: object({ folder: text, issued: whole, expiring: whole, rootKeyHere: yesNo }, { crlUrl: text }),
  certificate: object(
    {
      serial: text,
      profile: text,
      subject: text,
      notAfter: text,
      fingerprint: text,
      at: text,
      state: { enum: ['valid', 'renew', 'runs-out', 'replaced', 'revoked', 'ran-out'] },
    },
    { renewAt: text, revokedAt: text, replaces: text },
  ),
  crl: object(
    { number: whole, thisUpdate: text, nextUpdate: text, entries: whole, file: text },
    { out: text, url: text },
  ),
  revoked: object({ serial: text, subject: text, at: text }, { reason: text }),
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
      profile: { enum: ['server', 'device', 'device-forever'] },
      subject: text,
      serial: text,
      notAfter: text,
      fingerprint: text,
      out: text,
    },
    { key: text, renewAt: text },
  ),
  revocation: object({
    step: { enum: ['planned', 'recorded', 'listed', 'in-force', 'ended', 'healthy'] },
    seconds: { type: 'number' },
  }),
  'certificate-read': object(
    {
      file: text,
      index: whole,
      subject: text,
      issuer: text,
      serial: text,
      notBefore: text,
      notAfter: text,
      ca: yesNo,
      key: text,
      signature: text,
      names: texts,
      distributionPoints: texts,
      fingerprint: text,
      sha1: text,
      bytes,
    },
    { pathLength: whole, keyUsage: texts, purposes: texts, subjectKeyId: text, authorityKeyId: text },
  ),
  'certificate-chain': object({ file: text, certificates: whole, inOrder: yesNo, bytes, digest: text }),
  finding: object({
    severity: { enum: ['error', 'warning', 'note'] },
    code: text,
    where: text,
    text,
    ground: text,
    next: text,
  }),
  renewal: object({ subject: text, serial: text, notBefore: text, notAfter: text, needed: yesNo }, { due: text }),
  backup: object({ file: text, made: text, issuing: text, bytes: whole, issued: whole, revoked: whole }),
  'production-line': object({
    serial: text,
    subject: text,
    fingerprint: text,
    notAfter: text,
    quota: whole,
    until: text,
    out: text,
  }),
  quota: object({ most: whole, spent: whole, left: whole, until: text }),
  imported: object({ serial: text, profile: text, subject: text, notAfter: text, fingerprint: text }),
  'imported-crl': object({ number: text, revoked: whole, added: whole }),
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
    {
      verdict,
      proof,
      left,
      refusal,
      entering,
      cause: text,
      probability: { type: 'number' },
      lines: whole,
      struck: whole,
    },
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
