import { afterAll, beforeAll, expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { scaled } from '../support/scale.ts'
import { makePapers } from './papers.ts'
import { type RealBroker, realBroker } from './real-session.ts'
import { type Account, prove } from './run.ts'
import type { Papers } from './setting.ts'
import { isOdd, tally } from './tally.ts'

let papers: Papers
let broker: RealBroker

beforeAll(async () => {
  papers = await makePapers()
  broker = await realBroker(papers)
})
afterAll(() => broker.close())

test('sessions of real TLS at a broker of ours come out as those that are decided from the bytes', {
  timeout: 600_000,
}, async () => {
  const runs = scaled(100)
  const real: Account[] = []
  const verdicts: (readonly string[])[] = []
  for (let index = 0; index < runs; index++) {
    const seed = `2026/${index}`
    const paper = await prove(seed, papers)
    const account = await prove(seed, papers, { connect: broker.connect })
    real.push(account)
    verdicts.push([seed, paper.verdict, account.verdict, paper.again ?? '', account.again ?? ''])
  }
  expect(real.filter(isOdd)).toEqual([])
  const differing = verdicts.filter(([, paper, own, paperAgain, again]) => paper !== own || paperAgain !== again)
  expect(differing).toEqual([])
  expect(broker.sessions()).toBeGreaterThanOrEqual(runs / 2)
  const counts = { ...tally(real), sessions: broker.sessions(), otherVerdictThanFromBytes: differing.length }
  figure('prove-faults-real-tls', counts)
})
