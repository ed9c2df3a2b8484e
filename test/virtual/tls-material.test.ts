import { createPrivateKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromUtf8 } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'
import { freshPaper, keyPem, pair, paper } from '../support/paper.ts'

test('the material of a tag list: every root in the order of the tags, the first chain, the first key (CMNG-89)', async () => {
  const [mine, other] = [await paper(), await freshPaper()]
  const { modem } = testBoard()
  modem.execute(`AT%CMNG=0,43,0,"${other.ca}"`)
  modem.execute(`AT%CMNG=0,42,0,"${mine.ca}"`)
  modem.execute(`AT%CMNG=0,43,1,"${mine.certificate}"`)
  modem.execute(`AT%CMNG=0,43,2,"${mine.key}"`)
  const material = modem.tlsMaterial([42, 43, 44])
  expect(material.roots.map(fromUtf8)).toEqual([mine.ca, other.ca])
  expect(fromUtf8(material.chain ?? new Uint8Array())).toBe(mine.certificate)
  expect(fromUtf8(material.key ?? new Uint8Array())).toBe(mine.key)
  expect(modem.tlsMaterial([44])).toEqual({ roots: [] })
})

test('a key in SEC 1 or PKCS#1 is handed to TLS as PKCS#8; what no modem could read stays as it is', async () => {
  const { modem } = testBoard()
  const handed = (text: string): string => {
    modem.execute(`AT%CMNG=0,42,2,"${text}"`)
    return fromUtf8(modem.tlsMaterial([42]).key ?? new Uint8Array())
  }
  for (const [keys, type] of [
    [await pair(), 'sec1'],
    [await pair('RSA'), 'pkcs1'],
  ] as const) {
    const key = handed(keyPem(keys, type))
    expect(key).toContain('BEGIN PRIVATE KEY')
    expect(createPrivateKey(key).equals(keys.node)).toBe(true)
  }
  const flat = keyPem(await pair()).replaceAll('\n', '\r')
  expect(handed(flat)).toBe(flat)
  expect(handed('hello')).toBe('hello')
})
