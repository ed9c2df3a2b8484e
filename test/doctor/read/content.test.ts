import { expect, test } from 'vitest'
import { readEvidence } from '../../../src/doctor/read/reading.ts'
import { textEvidence } from '../../../src/doctor/index.ts'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'
import { certificate, pair, paper } from '../../support/paper.ts'

const clientAuth = '1.3.6.1.5.5.7.3.2'
const readBack = (content: string, type = 0): string =>
  `AT%CMNG=2,42,${type}\n%CMNG: 42,${type},"${'00'.repeat(32)}","${content}"\nOK\n`
const written = (content: string): string => `AT%CMNG=0,42,0,"${content}"\nOK\n`

function holdings(text: string): string[] {
  return readEvidence(textEvidence('x', text)).facts.flatMap((fact) =>
    fact.kind === 'content' ? [fact.value.holds] : [],
  )
}

test('what a modem reads back is judged: a CA, a leaf, one for clients, lost line ends, a wrong form, no certificate', async () => {
  const { ca, certificate: leaf } = await paper()
  const client = await certificate(await pair(), { issuer: 'another', purposes: [clientAuth] })
  const flat = ca.replaceAll('\n', '')
  const said: readonly (readonly [string, string])[] = [
    [ca, 'authority'],
    [leaf, 'leaf'],
    [client, 'client'],
    [`${leaf}${ca}`, 'authority'],
    [ca.replaceAll('\n', '\r\n'), 'authority'],
    [ca.replaceAll('\n', '\r'), 'no-line-ends'],
    [flat, 'no-line-ends'],
    [ca.replaceAll('\n', ' '), 'form-wrong'],
    [ca.replaceAll('\n', '\\n'), 'form-wrong'],
    [ca.slice(30), 'form-wrong'],
    [ca.slice(0, -30), 'form-wrong'],
    ['-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----', 'nothing-valid'],
    ['x', 'nothing-valid'],
  ]
  for (const [content, holds] of said) expect(holdings(readBack(content)), content).toEqual([holds])
})

test('a read-back is the same in a transcript and as it comes from a message', async () => {
  const { certificate: leaf } = await paper()
  const dialogue = (content: string): string =>
    `> AT%CMNG=2,42,0\n< %CMNG: 42,0,"${'00'.repeat(32)}","${content}"\n< OK\n`
  expect(holdings(dialogue(leaf.replaceAll('\n', '\\n')))).toEqual(['leaf'])
  expect(holdings(dialogue(leaf.replaceAll('\n', '\n< ')))).toEqual(['leaf'])
  expect(holdings(dialogue(leaf.replaceAll('\n', '\\\\n')))).toEqual(['form-wrong'])
})

test('of a content that people left out, or whose record breaks off, nothing is said', async () => {
  const { ca } = await paper()
  for (const content of ['...', '<the CA>', '-----BEGIN CERTIFICATE-----…', '', 'xxxx'])
    expect(holdings(readBack(content)), content).toEqual([])
  expect(holdings(`AT%CMNG=2,42,0\n%CMNG: 42,0,"${'00'.repeat(32)}","${ca.slice(0, 200)}\nOK\nAT\nOK\n`)).toEqual([])
})

test('what was written over a content that was read back counts, and a refused write changes nothing', async () => {
  const { ca, certificate: leaf } = await paper()
  const held = `connect error -111\n${readBack(leaf)}`
  expect(leader(verdictOn(held, 'sdk=2.0.0'))).toBe('leaf-pinned-instead-of-root')
  expect(shareOf(verdictOn(`${held}${written(ca)}`), 'leaf-pinned-instead-of-root')).toBe(0)
  expect(leader(verdictOn(`${held}${written(ca).replace('OK', '+CME ERROR: 60')}`))).toBe('leaf-pinned-instead-of-root')
})

test("a client's certificate in the place of the CA, and a CA in the place of the client's, lie under the wrong type", async () => {
  const { ca } = await paper()
  const client = await certificate(await pair(), { issuer: 'another', purposes: [clientAuth] })
  expect(leader(verdictOn(readBack(client)))).toBe('cred-wrong-type-or-tag')
  expect(leader(verdictOn(readBack(ca, 1)))).toBe('cred-wrong-type-or-tag')
  expect(leader(verdictOn(readBack(ca)))).toBe('insufficient-evidence')
})

test('a CA of 4 kB that a log shows over fifty lines is read whole', async () => {
  const large = await certificate(await pair(), { subject: 'large', padding: 40 })
  expect(large.length).toBeGreaterThan(3000)
  expect(holdings(readBack(large))).toEqual(['leaf'])
})
