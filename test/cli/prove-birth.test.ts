import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { hex, seededRandom } from '../../src/terms/index.ts'
import { type BirthDesk, birthDesk, birthModem, enrolLine, importLine, issueLine } from '../support/birth-desk.ts'
import { caDeskWithout } from '../support/ca-desk.ts'
import { device } from '../support/device.ts'
import { figure } from '../support/figures.ts'
import { findProgram, needs } from '../support/outside.ts'
import { sampled } from '../support/scale.ts'
import { tag } from '../support/workbench.ts'

const close: (() => unknown)[] = []
afterEach(() => {
  for (const end of close.splice(0).reverse()) end()
})

async function bench(mfw?: string): Promise<BirthDesk> {
  const made = await birthDesk(mfw)
  close.push(() => made.clear())
  return made
}

async function enrolled(mfw?: string): Promise<BirthDesk> {
  const made = await bench(mfw)
  expect(await made.run(enrolLine)).toMatchObject({ exit: 0 })
  return made
}

const parts = ['identity', 'proof', 'request', 'unseen', 'certificate', 'issuer']
const links = (ran: { events: Record<string, unknown>[] }): Record<string, boolean | undefined> => {
  const birth = ran.events.find((event) => event['type'] === 'birth') ?? {}
  const told = birth['links'] as { part: string; holds?: boolean }[]
  return Object.fromEntries(told.map(({ part, holds }) => [part, holds]))
}

test.each(['1.3.5', '2.0.2'])(
  'mfw %s: an enrolment keeps its proof, and years later the whole chain is checked without the board',
  async (mfw) => {
    const made = await enrolled(mfw)
    made.boards.clear()
    const later = { clock: { now: () => Date.now() + 8 * 365 * 86_400_000, sleep: () => Promise.resolve() } }
    const told = await made.run(['prove-birth', '--imei', made.imei], later)
    expect(told).toMatchObject({ exit: 0 })
    expect(told.out).toMatch(/^BORN {2}the key in tag 16842753/)
    expect(told.out).toMatch(/rests on .*pinned .* over its cable; two signatures at hand leave this identity key/)
    expect(told.out).toMatch(/no registry was asked/)
    const ran = await made.run(['prove-birth', '--imei', made.imei, '--json'])
    expect(links(ran)).toEqual(Object.fromEntries(parts.map((part) => [part, true])))
    expect(ran.result).toMatchObject({ exit: 0, born: 1, unknown: 0, broken: 0 })
  },
)

test('what was kept and then changed is FAIL, and the link that breaks is named', async () => {
  const made = await enrolled()
  const other = device({}, 5)
  const spoiled: [RegExp, Partial<ReturnType<BirthDesk['enrolled']>>][] = [
    [/proof .*of device .*, not of/, { proof: other.says(`AT%KEYGEN=${tag},2,0`) }],
    [/identity: has not signed all 2 tokens/, { attestation: other.says('AT%ATTESTTOKEN') }],
    [/identity: has not signed/, { identityKey: hex(other.identityKey()) }],
    [/of device .*, not of/, { deviceUuid: other.modem.identity.uuid }],
    [/certificate: .*NOT for this key/, { chain: made.files.issuingCertificate }],
  ]
  const kept = made.enrolled()
  for (const [says, change] of spoiled) {
    made.rewrite((fact) => (fact.fact === 'enrolled' ? { ...kept, ...change } : fact))
    const ran = await made.run(['prove-birth', '--imei', made.imei])
    expect(ran).toMatchObject({ exit: 5 })
    expect(ran.out + ran.err).toMatch(says)
    expect(ran.out).not.toMatch(/^BORN/m)
  }
})

test('an enrolment of an older sectag, which kept no proof, is UNKNOWN', async () => {
  const made = await enrolled()
  made.rewrite((fact) => {
    if (fact.fact !== 'enrolled') return fact
    const { proof: _, attestation: __, key: ___, ...older } = fact
    return older
  })
  const ran = await made.run(['prove-birth', '--imei', made.imei])
  expect(ran).toMatchObject({ exit: 1 })
  expect(ran.out).toMatch(/^UNKNOWN .*checked the proof and did not keep it/)
})

test('a board that answers with another identity key under the same IMEI is refused before a key is made', async () => {
  const made = await enrolled()
  const imposter = birthModem('1.3.5', 7)
  imposter.inFront((text, answer) =>
    text === 'AT+CGSN' || text.startsWith('AT+CGSN=') ? made.modem.execute(text) : answer(),
  )
  made.plug(imposter)
  const ran = await made.run([...enrolLine, '--rewrite', '--yes'])
  expect(ran).toMatchObject({ exit: 4 })
  expect(ran.err).toMatch(/this board is device .*; now device .* answers/)
  expect(imposter.store.get({ tag, type: 2 })).toBeUndefined()
  expect(made.facts().filter(({ fact }) => fact === 'enrolled')).toHaveLength(1)
})

test('the same device id under ANOTHER identity key is refused as loudly', async () => {
  const made = await enrolled()
  const other = device({}, 5)
  made.rewrite((fact) => (fact.fact === 'enrolled' ? { ...fact, identityKey: hex(other.identityKey()) } : fact))
  const ran = await made.run([...enrolLine, '--rewrite', '--yes'])
  expect(ran).toMatchObject({ exit: 4 })
  expect(ran.err).toMatch(/signs with ANOTHER identity key/)
  expect(made.modem.store.get({ tag, type: 2 })).toBeUndefined()
})

test('no key is born where the line that pins the identity key may have been lost', async () => {
  const made = await enrolled()
  const file = join(made.folder, 'home', 'known', `${made.imei}.jsonl`)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"fact":"enrolled"', '"fact:"enrolled"'))
  const ran = await made.run([...enrolLine, '--rewrite', '--yes'])
  expect(ran).toMatchObject({ exit: 6 })
  expect(ran.err).toMatch(/damaged; which identity key/)
})

test('a key from a file is marked for life: in list, verify, info and prove-birth, also after a born key took its place', async () => {
  const made = await bench()
  await made.run(issueLine)
  expect(await made.run(importLine)).toMatchObject({ exit: 0 })
  const marked = { origin: 'host', slot: { tag, type: 2 } }
  const verify = ['verify', ...importLine.slice(1, -1)]
  for (const argv of [['list', '--port', 'test:board'], ['info', '--port', 'test:board'], verify]) {
    const { events } = await made.run([...argv, '--json'])
    expect(
      events.find(({ type }) => type === 'key'),
      argv[0],
    ).toMatchObject(marked)
    expect(
      events.filter(({ type }) => type === 'key-seen-by-host'),
      argv[0],
    ).toHaveLength(1)
    expect((await made.run(argv)).out).toMatch(/key seen by host: written from a file/)
  }
  const refuted = await made.run(['prove-birth', '--imei', made.imei])
  expect(refuted).toMatchObject({ exit: 5 })
  expect(refuted.out).toMatch(/^FAIL .*written from a file .*seen it, for good/)
  expect(await made.run([...enrolLine, '--rewrite', '--yes'])).toMatchObject({ exit: 0 })
  const after = await made.run(['list', '--port', 'test:board'])
  expect(after.out).toMatch(/key born in the modem .*; its proof is kept/)
  expect(after.out).toMatch(/^key seen by host: 1 key from files since .*; this mark stays\.$/m)
  expect(await made.run(['prove-birth', '--imei', made.imei])).toMatchObject({ exit: 0 })
})

test('the mark is the key’s: what was written from a file into one board was not born in another', async () => {
  const made = await enrolled()
  const { key } = made.enrolled()
  const other = { fact: 'writing', at: 1, slots: [{ tag, type: 2 }], keys: [{ tag, key }] }
  writeFileSync(join(made.folder, 'home', 'known', '001015000000000.jsonl'), `${JSON.stringify(other)}\n`)
  const ran = await made.run(['prove-birth', '--imei', made.imei])
  expect(ran).toMatchObject({ exit: 5 })
  expect(ran.err).toMatch(/unseen: this very key was written from a file here/)
})

test('the mark is on the disk before the board hears of the key, and no key is', async () => {
  const made = await bench()
  await made.run(issueLine)
  let before = 0
  made.modem.inFront((text, answer) => {
    if (text.startsWith(`AT%CMNG=0,${tag},2`)) before = made.facts().filter((fact) => 'keys' in fact).length
    return answer()
  })
  await made.run(importLine)
  expect(before).toBe(1)
  const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
  if (openssl !== undefined) {
    const spki = execFileSync(openssl, ['pkey', '-in', made.path('board.key'), '-pubout', '-outform', 'der'])
    const keys = made.facts().flatMap((fact) => (fact.fact === 'writing' ? (fact.keys ?? []) : []))
    expect(keys[0]?.key).toBe((await sha256(spki)).toUpperCase())
  }
  const secret = /KEY-----\n([^]+?)\n/.exec(readFileSync(made.path('board.key'), 'utf8'))?.[1] ?? '?'
  expect(JSON.stringify(made.facts())).not.toContain(secret)
})

async function sha256(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))))
}

test('a run that was cut before the key leaves its origin UNKNOWN; another key that somebody else wrote does too', async () => {
  const made = await bench('2.0.2')
  await made.run(issueLine)
  const stop = new AbortController()
  made.modem.inFront((text, answer) => (text.startsWith('AT%CMNG=0') && stop.abort(), answer()))
  expect((await made.run(importLine, { signal: stop.signal })).exit).toBe(7)
  const cut = await made.run(['info', '--port', 'test:board', '--json'])
  expect(cut.events.find(({ type }) => type === 'key')).toMatchObject({ origin: 'unknown' })
  expect(cut.events.filter(({ type }) => type === 'key-seen-by-host')).toHaveLength(1)
  await made.run(['resume', '--port', 'test:board'])
  const whole = await made.run(['list', '--port', 'test:board', '--json'])
  expect(whole.events.find(({ type }) => type === 'key')).toMatchObject({ origin: 'host' })
  expect(whole.events.filter(({ type }) => type === 'key-seen-by-host')).toHaveLength(1)
  made.modem.execute('AT+CFUN=4')
  made.modem.execute(`AT%CMNG=3,${tag},2`)
  made.modem.execute(`AT%KEYGEN=${tag},2`)
  const replaced = await made.run(['list', '--port', 'test:board'])
  expect(replaced.out).toMatch(/key of UNKNOWN origin: another key was put there since, and not by us/)
})

test('a board of which nothing is known holds keys of unknown origin, and that is said', async () => {
  const made = await bench()
  made.modem.execute('AT+CFUN=4')
  made.modem.execute(`AT%KEYGEN=${tag},2`)
  expect((await made.run(['list', '--port', 'test:board'])).out).toMatch(/key of UNKNOWN origin/)
  expect(await made.run(['prove-birth', '--imei', made.imei])).toMatchObject({ exit: 2 })
})

/** What the tools of others leave: a dialogue, and a CSV of attestation tokens. */
function leftovers(index = 0): { log: string; csv: string; key: string; csr: Uint8Array } {
  const made = device({}, index)
  const [attestation, proof] = [made.says('AT%ATTESTTOKEN'), made.says(`AT%KEYGEN=${tag},2,0`)]
  return {
    log: `> AT%KEYGEN=${tag},2,0\r\n%KEYGEN: "${proof}"\r\nOK\r\n`,
    csv: `001015000000019,${made.modem.identity.uuid},${attestation},2026-11-22T10:00:00\n`,
    key: hex(made.identityKey()),
    csr: Buffer.from(proof.split('.')[0] ?? '', 'base64url'),
  }
}

test('files of other tools: consistent in themselves is UNKNOWN; with an identity key that is vouched for, BORN', async () => {
  const made = caDeskWithout()
  close.push(() => made.clear())
  const { log, csv, key } = leftovers()
  made.file('keygen.log', log)
  made.file('attestation_tokens.csv', csv)
  const one = await made.run(['prove-birth', 'keygen.log'])
  expect(one).toMatchObject({ exit: 1 })
  expect(one.out).toMatch(/one signature leaves \d keys/)
  const both = await made.run(['prove-birth', 'keygen.log', 'attestation_tokens.csv'])
  expect(both).toMatchObject({ exit: 1 })
  expect(both.out).toMatch(/^UNKNOWN/)
  expect(both.out).toContain(key)
  const vouched = await made.run([
    'prove-birth',
    'keygen.log',
    'attestation_tokens.csv',
    '--identity-key',
    key,
    '--json',
  ])
  expect(vouched.result).toMatchObject({ exit: 0 })
  expect(links(vouched)).toMatchObject({ identity: true, proof: true, request: true })
  made.file('other.csv', leftovers(3).csv.replace(/,[0-9a-f-]{36},/, ','))
  expect(await made.run(['prove-birth', 'keygen.log', '--identity-key', leftovers(3).key])).toMatchObject({ exit: 5 })
  expect(await made.run(['prove-birth', 'keygen.log', '--tag', '7', '--identity-key', key])).toMatchObject({ exit: 5 })
})

test('a device that this home has pinned is known in files too, and no flag replaces the pin', async () => {
  const made = await enrolled()
  const { proof = '', chain, identityKey } = made.enrolled()
  made.file('keygen.log', `%KEYGEN: "${proof}"\n`)
  made.file('board.crt', chain)
  const ran = await made.run(['prove-birth', 'keygen.log', 'board.crt', '--ca', 'root.crt', '--json'])
  expect(ran.result).toMatchObject({ exit: 0 })
  expect(links(ran)).toEqual(Object.fromEntries(parts.map((part) => [part, true])))
  const other = hex(device({}, 5).identityKey())
  expect(other).not.toBe(identityKey)
  const replaced = await made.run(['prove-birth', 'keygen.log', '--identity-key', other])
  expect(replaced).toMatchObject({ exit: 5 })
  expect(replaced.err).toMatch(/NOT the identity key of device/)
  made.file('other.crt', made.files.issuingCertificate)
  expect(await made.run(['prove-birth', 'keygen.log', 'other.crt'])).toMatchObject({ exit: 5 })
})

test('what `nrfcredstore generate` keeps is a request without its proof: UNKNOWN, and it says what is missing', async () => {
  const made = caDeskWithout()
  close.push(() => made.clear())
  const { csr, log } = leftovers()
  made.file('board.csr', csr)
  const ran = await made.run(['prove-birth', 'board.csr'])
  expect(ran).toMatchObject({ exit: 1 })
  expect(ran.err).toMatch(/second half of what %KEYGEN answered/)
  made.file('keygen.log', log)
  expect((await made.run(['prove-birth', 'board.csr', 'keygen.log'])).out).toMatch(/^UNKNOWN .*may have been born/)
})

test('wrong options and files without a proof are told in four parts, and nothing is claimed', async () => {
  const made = await bench()
  made.file('empty.log', 'nothing\n')
  made.file('attest.csv', leftovers().csv)
  const lines = [
    [],
    ['--imei', '1', 'empty.log'],
    ['--imei', '../../etc/passwd'],
    ['--imei', '001015000000000', '--identity-key', 'x'],
    ['empty.log'],
    ['attest.csv'],
    ['gone.log'],
    ['empty.log', '--identity-key', '04aa'],
    ['empty.log', '--ca', 'empty.log'],
    ['empty.log', '--ca', 'gone.crt'],
  ]
  for (const line of lines) {
    const ran = await made.run(['prove-birth', ...line])
    expect(ran.exit, line.join(' ')).toBe(2)
    expect(ran.err).toMatch(/^error .*\nstate .*\nwhy .*\nnext /)
    expect(ran.out).toBe('')
  }
})

test('what was kept, with any character changed: no crash, and nothing is BORN that says something else', {
  timeout: 1_200_000,
}, async () => {
  const made = await enrolled()
  const file = join(made.folder, 'home', 'known', `${made.imei}.jsonl`)
  const lines = readFileSync(file, 'utf8').split('\n')
  const at = lines.findIndex((line) => line.includes('"enrolled"'))
  const line = lines[at] ?? ''
  const look = async (): Promise<{ exit: number; told: string }> => {
    const { exit, events } = await made.run(['prove-birth', '--imei', made.imei, '--json'])
    const birth = events.find(({ type }) => type === 'birth') ?? {}
    // When it was pinned is this home's own word, and nobody signed it.
    const { ground: _, rests: __, time: ___, ...told } = birth
    return { exit, told: JSON.stringify(told) }
  }
  const before = await look()
  const random = seededRandom('kept')
  const counts = { changed: 0, born: 0, unknown: 0, broken: 0, wrong: 0 }
  const places = sampled(
    [...line].map((_, index) => index),
    150,
  )
  for (const place of places) {
    const [octet = 0] = random.bytes(1)
    const other = String.fromCharCode(33 + (octet % 94))
    if (line[place] === other) continue
    writeFileSync(file, lines.with(at, line.slice(0, place) + other + line.slice(place + 1)).join('\n'))
    const { exit, told } = await look()
    expect([0, 1, 2, 5], `${place}: ${other}`).toContain(exit)
    if (exit === 0) expect(told, `${place}: ${other}`).toBe(before.told)
    counts.changed++
    counts[exit === 0 ? 'born' : exit === 1 ? 'unknown' : exit === 5 ? 'broken' : 'wrong']++
  }
  figure('kept-births', counts)
})

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
needs('openssl', openssl !== undefined)(
  'openssl agrees: the kept request verifies, and the kept certificate leads to the root',
  async () => {
    const made = await enrolled()
    const { proof = '', chain } = made.enrolled()
    made.file('board.csr', Buffer.from(proof.split('.')[0] ?? '', 'base64url'))
    made.file('chain.crt', chain)
    const run = (...argv: string[]): string => execFileSync(openssl ?? '', argv, { cwd: made.folder, encoding: 'utf8' })
    const named = run('req', '-inform', 'der', '-in', 'board.csr', '-verify', '-noout', '-pubkey')
    expect(run('x509', '-in', 'chain.crt', '-noout', '-pubkey')).toBe(named)
    expect(run('verify', '-CAfile', 'root.crt', '-untrusted', 'chain.crt', 'chain.crt')).toMatch(/OK/)
  },
)
