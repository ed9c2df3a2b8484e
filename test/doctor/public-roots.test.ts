import { expect, test } from 'vitest'
import { readEvidence, textEvidence } from '../../src/doctor/index.ts'
import { publicRootIn, publicRoots } from '../../src/numbers/index.ts'
import { leader, shareOf, verdictOn } from '../support/evidence.ts'
import { certificate, pair } from '../support/paper.ts'

function rootsIn(...lines: readonly string[]): string[] {
  return readEvidence(textEvidence('log', lines.join('\n'))).facts.flatMap((fact) =>
    fact.kind === 'public-root' ? [`${fact.value.how} ${fact.value.name} ${fact.value.at ?? ''}`.trim()] : [],
  )
}

const context = 'sdk=2.4.0 tag=42'
const failing = 'mqtt_connect error -111\n'
/** Mosquitto's stamp: the day on which it was written. */
const on = (day: string): string => `${Date.parse(day) / 1000}: New connection from 198.51.100.7 on port 8883.\n`
const baltimore = async (): Promise<string> => {
  const name = 'Baltimore CyberTrust Root'
  return certificate(await pair(), { subject: name, issuer: name, ca: true })
}

test.each([
  ['O=Digital Signature Trust Co., CN=DST Root CA X3', 'DST Root CA X3'],
  ["C=US, O=Let's Encrypt, CN=R3", "Let's Encrypt R3"],
  ["CN=R3, O=Let's Encrypt", "Let's Encrypt R3"],
  ["C=US, O=Let's Encrypt, CN=Let's Encrypt Authority X3", "Let's Encrypt Authority X3"],
  ['C=IE, O=Baltimore, OU=CyberTrust, CN=Baltimore CyberTrust Root', 'Baltimore CyberTrust Root'],
  [
    'C=US, O=VeriSign, Inc., CN=VeriSign Class 3 Public Primary Certification Authority - G5',
    'VeriSign Class 3 Public Primary G5',
  ],
  ['OU=GlobalSign Root CA - R2, O=GlobalSign, CN=GlobalSign', 'GlobalSign Root CA - R2'],
  ['C=SE, O=AddTrust AB, CN=AddTrust External CA Root', 'AddTrust External CA Root'],
  ['C=US, O=DigiCert Inc, CN=DigiCert Global Root CA', 'DigiCert Global Root CA'],
  ['C=US, O=DigiCert Inc, CN=DigiCert Global Root G2', undefined],
  ['C=US, O=Internet Security Research Group, CN=ISRG Root X1', undefined],
  ["C=US, O=Let's Encrypt, CN=R10", undefined],
  ['OU=GlobalSign Root CA - R3, O=GlobalSign, CN=GlobalSign', undefined],
  ['C=US, O=Amazon, CN=Amazon Root CA 1', undefined],
])('%s is the root that ended: %s', (subject, name) => {
  expect(publicRootIn(subject)?.name).toBe(name)
})

test('no root stands in the place of another that has ended itself', () => {
  for (const { now } of publicRoots) expect(publicRootIn(now)).toBeUndefined()
})

test('a root is told that somebody names, with the latest date beside it', () => {
  expect(rootsIn('our root is DST Root CA X3', 'it fails since 1 October 2021', 'it worked on 2021-09-29')).toEqual([
    `named DST Root CA X3 ${Date.parse('1 October 2021 UTC')}`,
  ])
  expect(rootsIn('$ openssl x509 -in root.crt -noout -subject', 'subject=CN = Baltimore CyberTrust Root')).toEqual([
    'named Baltimore CyberTrust Root',
  ])
})

test('what a server serves, and what was replaced, is not what the device holds', () => {
  expect(rootsIn('$ openssl s_client -connect x:8883', ' 2 s:O = x', '   i:CN = DST Root CA X3')).toEqual([])
  expect(rootsIn('depth=3 O = Digital Signature Trust Co., CN = DST Root CA X3')).toEqual([])
  expect(rootsIn('we replaced Baltimore CyberTrust Root by DigiCert Global Root G2')).toEqual([])
})

test('a root that is written into the slot of the CA, or pasted, is held', async () => {
  const pem = await baltimore()
  expect(rootsIn(pem)).toContain('held Baltimore CyberTrust Root')
  expect(rootsIn(`AT%CMNG=0,42,0,"${pem.trim()}"`, 'OK')).toContain('held Baltimore CyberTrust Root')
})

test('a root that ended speaks for a wrong CA, and where it worked before for a server that changed', async () => {
  const pem = await baltimore()
  const fresh = verdictOn(`${pem}${failing}${on('2025-06-15')}`, context)
  expect(leader(fresh)).toBe('cred-wrong-ca')
  expect(fresh.causes[0]?.for.map(({ words }) => words).join()).toContain('DigiCert Global Root G2')
  expect(leader(verdictOn(`${pem}${failing}${on('2025-06-15')}it worked for months\n`, context))).toBe(
    'server-ca-rotated',
  )
})

test('before its end it says nothing, without a date little, and without trouble in TLS nothing', async () => {
  const pem = await baltimore()
  const share = (text: string): number => shareOf(verdictOn(text, context), 'cred-wrong-ca')
  const plain = share(failing)
  expect(share(`${pem}${failing}${on('2020-09-13')}`)).toBeCloseTo(share(`${failing}${on('2020-09-13')}`), 5)
  expect(share(`${pem}${failing}`)).toBeGreaterThan(plain)
  expect(share(`${pem}${failing}`)).toBeLessThan(0.5)
  expect(share(`${pem}${on('2025-06-15')}`)).toBe(0)
})
