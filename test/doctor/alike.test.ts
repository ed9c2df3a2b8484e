import { expect, test } from 'vitest'
import { learned } from '../../src/doctor/learned.ts'
import { diagnose, textEvidence, type Verdict } from '../../src/doctor/index.ts'
import { states } from '../../src/doctor/prose/lexicon/states.ts'
import { things } from '../../src/doctor/prose/lexicon/things.ts'

const verdictOn = (text: string): Verdict => diagnose([textEvidence('ticket', text)])
const causesIn = ({ causes }: Verdict): string[] => causes.map(({ cause }) => cause)

test('what people tell of a network and of an address that it does not give names the bearer', () => {
  const story =
    'Our data plan moved to another provider last week. The board finds the cell and stays there, ' +
    'but the context that it gets has no address, and nothing we open over it ever goes out.'
  expect(causesIn(verdictOn(story)).slice(0, 3)).toContain('net-apn')
  const [likely] = verdictOn(story).causes
  expect(likely?.for.length).toBeGreaterThan(0)
})

test('a cause that no rule names is there by its likeness, with the line that is like it, and no unlikely one is', () => {
  const story =
    'The board finds the cell and is attached, the operator confirms that, ' +
    'yet our messages come late or twice, and the counter of the service stands still.'
  const alike = verdictOn(story).causes.filter(({ for: pro }) =>
    pro.some(({ words }) => words.includes('confirmed cases')),
  )
  expect(alike.length).toBeGreaterThan(0)
  for (const { probability } of alike) expect(probability).toBeGreaterThanOrEqual(0.01)
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

test('every concept that was learned is one of the lexicon', () => {
  const known = new Set([...Object.keys(things), ...Object.keys(states)])
  const named = Object.values(learned).flatMap((line) => line.match(/(?<= )(?:of|no):[\w-]+/g) ?? [])
  expect(named.length).toBeGreaterThan(1000)
  expect(named.filter((trait) => !known.has(trait.replace(/^(?:of|no):/, '')))).toEqual([])
})

test('a few units of many are not called one, and a tool that wrote credentials is not blamed', () => {
  const some = verdictOn('Five of our hundred devices show mqtt_connect -45 with SDK 1.0.0.\n')
  const words = some.causes.flatMap(({ for: pro }) => pro.map((reason) => reason.words)).join('\n')
  expect(words).not.toContain('one unit alone')
  expect(some.causes[0]?.cause).toBe('insufficient-evidence')
  expect(causesIn(some).slice(0, 3)).toContain('cred-slot-empty')
  const tool = verdictOn('It works again after I rewrote the certificates with LTE Link Monitor.\n')
  expect(causesIn(tool)).not.toContain('at-uart-problem')
  expect(causesIn(tool)).toContain('cred-slot-empty')
})
