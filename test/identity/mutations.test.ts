import { expect, test } from 'vitest'
import {
  checkKeyProof,
  commonKey,
  findTokens,
  identify,
  identityKid,
  isSignedBy,
  readAttestation,
  readKeyProof,
  toBase64url,
} from '../../src/identity/index.ts'
import { makeRequest, newKeyPair, readRequest, verifyRequest } from '../../src/pki/index.ts'
import { type Bytes, hex, type Random, seededRandom } from '../../src/terms/index.ts'
import { withNull } from '../support/authority.ts'
import { device, halvesOf, tokenOf } from '../support/device.ts'
import { figure } from '../support/figures.ts'
import { blind, cborGames, derGames, textGames, twin } from '../support/mutations.ts'
import { scaled } from '../support/scale.ts'

/** What was counted of one kind of change. `same`: accepted, and it means what it meant before. */
interface Count {
  tried: number
  same: number
  refused: number
  otherMeaning: number
}

/** A genuine text or octets, what it means where it is accepted, and the ways to change it. */
interface Subject<T> {
  readonly name: string
  readonly genuine: T
  readonly meaning: (candidate: T) => Promise<string | undefined>
  readonly changes: Readonly<Record<string, (genuine: T, random: Random) => T>>
  readonly same: (a: T, b: T) => boolean
}

/** Changes a subject so many times, each way in turn; what crashes, fails the test. */
async function mutate<T>(subject: Subject<T>, times: number, random: Random): Promise<Record<string, Count>> {
  const before = await subject.meaning(subject.genuine)
  expect(before, `${subject.name} as it came`).toBeDefined()
  const ways = Object.entries(subject.changes)
  const counts: Record<string, Count> = {}
  for (let turn = 0; turn < times; turn++) {
    const [way, change] = ways[turn % ways.length] ?? ['', (same: T) => same]
    const count = (counts[way] ??= { tried: 0, same: 0, refused: 0, otherMeaning: 0 })
    const candidate = change(subject.genuine, random)
    // A change that changed nothing shows nothing.
    if (subject.same(candidate, subject.genuine)) continue
    const meaning = await subject.meaning(candidate)
    count.tried++
    if (meaning === undefined) count.refused++
    else if (meaning === before) count.same++
    else count.otherMeaning++
  }
  return counts
}

const sameOctets = (a: Bytes, b: Bytes): boolean => hex(a) === hex(b)
const sameText = (a: string, b: string): boolean => a === b

/** What an authority takes from a request: its key, its name, and the octets that were signed. */
async function requestMeaning(der: Bytes): Promise<string | undefined> {
  const read = readRequest(der)
  if (!read.ok || !(await verifyRequest(read.value))) return undefined
  const { commonName, spki, signed } = read.value
  return JSON.stringify([commonName, hex(spki), hex(signed.body), signed.algorithm])
}

async function attestationMeaning(text: string, key: Bytes): Promise<string | undefined> {
  const read = readAttestation(text)
  if (!read.ok || read.value.kid !== identityKid || !(await isSignedBy(read.value, key))) return undefined
  const { deviceUuid, deviceType, firmwareUuid, nonce } = read.value
  return JSON.stringify([deviceUuid, deviceType, firmwareUuid, hex(nonce)])
}

async function proofMeaning(text: string, key: Bytes): Promise<string | undefined> {
  const read = readKeyProof(text)
  if (!read.ok) return undefined
  const checked = await checkKeyProof(read.value, { tag: read.value.tag, identityKey: key })
  if (!checked.ok) return undefined
  const { kind, deviceUuid, tag, digest, nonce, der } = read.value
  return JSON.stringify([kind, deviceUuid, tag, hex(digest), hex(nonce), hex(der), hex(checked.value.spki)])
}

type Change = (text: string, random: Random) => string

/** The ways to change a token: its text, its first half, its second half. */
function tokenChanges(bodyGames: typeof blind): Record<string, Change> {
  const half =
    (which: 'body' | 'cose', change: (octets: Bytes, random: Random) => Bytes): Change =>
    (text, random) => {
      const [body, cose] = halvesOf(text)
      return which === 'body' ? tokenOf(change(body, random), cose) : tokenOf(body, change(cose, random))
    }
  const named = (which: 'body' | 'cose', games: typeof blind): [string, Change][] =>
    Object.entries(games).map(([name, change]) => [`${which}: ${name}`, half(which, change)])
  return {
    ...Object.fromEntries([...named('body', bodyGames), ...named('cose', { ...blind, ...cborGames })]),
    ...Object.fromEntries(Object.entries(textGames).map(([name, change]) => [`text: ${name}`, change])),
  }
}

async function subjects(index: number): Promise<{ requests: Subject<Bytes>[]; tokens: Subject<string>[] }> {
  const made = device({ signs: index % 2 === 0 ? 'payload' : 'payload and body' }, index)
  const key = made.identityKey()
  const attestation = made.says('AT%ATTESTTOKEN')
  const [request, publicKey] = [made.says(`AT%KEYGEN=${index * 2},2,0`), made.says(`AT%KEYGEN=${index * 2 + 1},2,1`)]
  const plain = await makeRequest(await newKeyPair(), 'board')
  const der: [string, Bytes][] = [
    ['request of a modem', halvesOf(request)[0]],
    ['request of ours', plain],
    ['request of ours with a NULL', withNull(plain)],
  ]
  const requestChanges = { ...blind, ...derGames }
  const ofRequest = der.map(([name, genuine]) => ({
    name,
    genuine,
    meaning: requestMeaning,
    changes: requestChanges,
    same: sameOctets,
  }))
  const token = (
    name: string,
    genuine: string,
    meaning: typeof proofMeaning,
    games: typeof blind,
  ): Subject<string> => ({
    name,
    genuine,
    meaning: (text) => meaning(text, key),
    changes: tokenChanges(games),
    same: sameText,
  })
  return {
    requests: ofRequest,
    tokens: [
      token('attestation token', attestation, attestationMeaning, { ...blind, ...cborGames }),
      token('proof with a request', request, proofMeaning, { ...blind, ...derGames }),
      token('proof with a public key', publicKey, proofMeaning, { ...blind, ...derGames }),
    ],
  }
}

function total(counts: readonly Record<string, Count>[]): Count {
  const all = counts.flatMap((of) => Object.values(of))
  const sum = (what: keyof Count): number => all.reduce((so, count) => so + count[what], 0)
  return { tried: sum('tried'), same: sum('same'), refused: sum('refused'), otherMeaning: sum('otherMeaning') }
}

test('100,000 changed requests, tokens and proofs: nothing crashes, and none is accepted with another meaning', {
  timeout: 3_600_000,
}, async () => {
  const random = seededRandom('mutations')
  const found: Record<string, Record<string, Count>[]> = {}
  const rounds = 4
  const each = Math.ceil(scaled(102_000, 1800) / (rounds * 6))
  for (let round = 0; round < rounds; round++) {
    const { requests, tokens } = await subjects(round)
    for (const subject of requests) (found[subject.name] ??= []).push(await mutate(subject, each, random))
    for (const subject of tokens) (found[subject.name] ??= []).push(await mutate(subject, each, random))
  }
  const bySubject = Object.fromEntries(Object.entries(found).map(([name, counts]) => [name, total(counts)]))
  const accepted = Object.entries(found).flatMap(([name, all]) =>
    all.flatMap((ways) => Object.entries(ways).flatMap(([way, { same }]) => (same > 0 ? [`${name}: ${way}`] : []))),
  )
  figure('mutations', {
    ...total(Object.values(found).flat()),
    bySubject,
    acceptedWithTheSameMeaning: [...new Set(accepted)].sort(),
  })
  expect(total(Object.values(found).flat()).otherMeaning).toBe(0)
  // What was signed is the same; only how the signature around it is written differs.
  for (const way of accepted) expect(way).toMatch(/^request of .*: |: cose: s in place of n - s$/)
})

test('the other s of a signature is the same word said twice: it decides nothing (KEY-88)', async () => {
  const made = device()
  for (const command of ['AT%ATTESTTOKEN', 'AT%KEYGEN=42,2,0']) {
    const text = made.says(command)
    const [body, cose] = halvesOf(text)
    const other = tokenOf(body, twin(cose))
    const read = (token: string) => [...findTokens(token).proofs, ...findTokens(token).attestations]
    const both = [...read(text), ...read(other)]
    expect(both).toHaveLength(2)
    for (const one of both) expect(await isSignedBy(one, made.identityKey())).toBe(true)
    expect(commonKey(both)).toBeUndefined()
    expect(await identify(both)).toMatchObject({ by: 'one-signature' })
  }
})

test('tokens are found in whatever stands around them, each once, and a megabyte of anything takes no time', () => {
  const made = device()
  const [attestation, proof] = [made.says('AT%ATTESTTOKEN'), made.says('AT%KEYGEN=42,2,0')]
  const text = `{"a":"${proof}"}\n> x\r\n%KEYGEN: "${proof}"\r\n1,2,${attestation},2026-11-22T10:00:00\n[${attestation}]`
  expect(findTokens(text)).toMatchObject({ proofs: [{ tag: 42 }], attestations: [{ kind: 'attestation' }] })
  for (const filler of ['A', 'A.', '.', '.A-', 'AAAA '])
    expect(findTokens(filler.repeat(Math.ceil(1_048_576 / filler.length)))).toEqual({ proofs: [], attestations: [] })
  expect(findTokens(`${'A'.repeat(1_000_000)} ${proof}`).proofs).toHaveLength(1)
  expect(toBase64url(halvesOf(proof)[0])).toBe(proof.split('.')[0])
})
