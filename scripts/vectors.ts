// Runs golden data of the provisioning protocol: `npm run vectors [-- --json]`. The file is named by SECTAG_VECTORS and is
// not part of the project. For now its identity part is run; what is skipped is told by name.
import { existsSync, readFileSync } from 'node:fs'
import {
  candidateKeys,
  checkJwt,
  checkKeyProof,
  commonKey,
  readAttestation,
  readJwt,
  readKeyProof,
  type Signed,
} from '../src/identity/index.ts'
import { fromHex, hex, type Outcome } from '../src/terms/index.ts'

interface Device {
  readonly keygen_signature_covers: string
  readonly device_uuid: string
  readonly tokens: Readonly<Record<string, string>>
  readonly identity_public_key: string
  readonly candidates_from_attest_alone: readonly string[]
}

interface Vectors {
  readonly identity?: readonly Device[]
  readonly [part: string]: unknown
}

type Check = readonly [name: string, passed: boolean]

/** The value, or undefined: a vector that cannot be read is one that fails. */
function value<T>(outcome: Outcome<T, unknown>): T | undefined {
  return outcome.ok ? outcome.value : undefined
}

function reader(name: string): ((text: string) => Signed | undefined) | undefined {
  if (name.startsWith('attest')) return (text) => value(readAttestation(text))
  if (name.startsWith('keygen')) return (text) => value(readKeyProof(text))
  return name === 'jwt' ? (text) => value(readJwt(text)) : undefined
}

/** Every token is of this device, in the words of its name. */
async function tokenCheck(device: Device, name: string, text: string): Promise<boolean> {
  const key = fromHex(device.identity_public_key)
  const deviceUuid = device.device_uuid
  if (name === 'jwt') {
    const token = value(readJwt(text))
    return token !== undefined && (await checkJwt(token, { key, deviceUuid })).ok
  }
  if (name.startsWith('attest')) {
    const [, challenge] = /^attest_challenge_(\w+)$/.exec(name) ?? []
    const token = value(readAttestation(text))
    if (token === undefined || !candidateKeys(token).map(hex).includes(device.identity_public_key)) return false
    return token.deviceUuid === deviceUuid && (challenge === undefined || hex(token.nonce) === challenge)
  }
  const [, kind, tag] = /^keygen_(csr|pubkey)_tag_(\d+)$/.exec(name) ?? []
  const proof = value(readKeyProof(text))
  const checked = proof && (await checkKeyProof(proof, { tag: Number(tag), deviceUuid, identityKey: key }))
  const covers = device.keygen_signature_covers === 'payload only' ? 'payload' : 'payload and body'
  return (
    proof?.kind === (kind === 'csr' ? 'request' : 'public-key') &&
    checked?.ok === true &&
    checked.value.covers === covers
  )
}

async function deviceChecks(device: Device): Promise<Check[]> {
  const named = (name: string): string => `identity/${device.device_uuid}/${name}`
  const tokens = Object.entries(device.tokens).filter(([name]) => reader(name) !== undefined)
  const signed = tokens.flatMap(([name, text]) => reader(name)?.(text) ?? [])
  const alone = value(readAttestation(device.tokens['attest'] ?? ''))
  const candidates = alone === undefined ? [] : candidateKeys(alone).map(hex)
  const checked = tokens.map(
    async ([name, text]): Promise<Check> => [named(name), await tokenCheck(device, name, text)],
  )
  return [
    ...(await Promise.all(checked)),
    [named('candidates'), [...candidates].sort().join() === [...device.candidates_from_attest_alone].sort().join()],
    [named('common key'), hex(commonKey(signed) ?? new Uint8Array()) === device.identity_public_key],
  ]
}

/** The names of what is not run: each entry of every other part, and tokens of a kind that nobody reads here. */
function skipped({ identity = [], ...parts }: Vectors): string[] {
  const others = Object.entries(parts).flatMap(([part, entries]) =>
    Array.isArray(entries) ? entries.map((entry: { name?: string }, index) => `${part}/${entry.name ?? index}`) : [],
  )
  const unread = identity.flatMap(({ device_uuid: uuid, tokens }) =>
    Object.keys(tokens).flatMap((name) => (reader(name) === undefined ? [`identity/${uuid}/${name}`] : [])),
  )
  return [...others, ...unread]
}

const named = process.env['SECTAG_VECTORS']
const path = named ?? new URL('../../shared/vectors/provisioning.json', import.meta.url).pathname
const asJson = process.argv.includes('--json')
const say = (type: string, fields: Record<string, unknown>, words: string): void =>
  console.log(asJson ? JSON.stringify({ type, ...fields }) : words)

if (!existsSync(path)) {
  const words = named === undefined ? 'no vectors here: name them with SECTAG_VECTORS' : `there is no file ${named}`
  say('skipped', { name: 'vectors', why: words }, `skipped  ${words}`)
  say('result', { total: 0, passed: 0 }, '0 of 0 passed')
  process.exit(named === undefined ? 0 : 2)
}
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vectors
const checks = (await Promise.all((vectors.identity ?? []).map(deviceChecks))).flat()
for (const [name, passed] of checks) say('vector', { name, passed }, `${passed ? 'ok     ' : 'FAILED '}  ${name}`)
for (const name of skipped(vectors)) say('skipped', { name }, `skipped  ${name}`)
const passed = checks.filter(([, good]) => good).length
say('result', { total: checks.length, passed }, `${passed} of ${checks.length} passed`)
process.exit(passed === checks.length ? 0 : 1)
