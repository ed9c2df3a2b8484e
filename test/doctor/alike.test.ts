import { expect, test } from 'vitest'
import { counted } from '../../src/doctor/counted.ts'
import { diagnose, textEvidence, type Verdict } from '../../src/doctor/index.ts'
import { states } from '../../src/doctor/prose/lexicon/states.ts'
import { things } from '../../src/doctor/prose/lexicon/things.ts'

const verdictOn = (text: string): Verdict => diagnose([textEvidence('ticket', text)])
const causesOf = (text: string): string[] => verdictOn(text).causes.map(({ cause }) => cause)

test('what people tell in words that no rule knows brings up the causes of cases that speak alike', () => {
  const story =
    'Our data plan moved to another provider last week. The board finds the cell and stays there, ' +
    'but the context that it gets has no address, and nothing we open over it ever goes out.'
  expect(causesOf(story).slice(0, 3)).toContain('net-apn')
  const [likely] = verdictOn(story).causes
  expect(likely?.for.length).toBeGreaterThan(0)
})

test('a few words speak for no credential, however many cases of the store begin with them', () => {
  const [first] = verdictOn('mqtt_connect error -111\n').causes
  expect(first?.cause).toBe('insufficient-evidence')
})

test('a rule that is sure decides alone', () => {
  const sure = '%XSIM: 0,9\n'
  const story =
    'We think that the root certificate, the key and the tag were written wrongly by the script of a colleague.\n'
  expect(verdictOn(`${sure}${story}`).causes[0]?.cause).toBe('sim-failure')
})

test('every concept that was counted is one of the lexicon', () => {
  const known = new Set([...Object.keys(things), ...Object.keys(states)])
  const named = Object.values(counted).flatMap((line) => line.match(/(?<= )(?:of|no):[\w-]+/g) ?? [])
  expect(named.length).toBeGreaterThan(1000)
  expect(named.filter((trait) => !known.has(trait.replace(/^(?:of|no):/, '')))).toEqual([])
})
