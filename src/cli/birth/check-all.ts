import { type Birth, checkBirth } from '../../identity/index.ts'
import type { Ending, Output } from '../output.ts'
import type { BirthCase, NoCase } from './case.ts'
import { brokenBirth, unknownBirth } from './endings.ts'
import { tellBirth, tellWithout } from './tell.ts'

/** What one key came to, and the link that it hangs on. */
interface Outcome {
  readonly name: string
  readonly birth: Birth['birth']
  readonly why: string
  /** Whether there was a proof to be checked. */
  readonly proof: boolean
}

/** Checks each case and tells it; the worst of them is how the verb ends. */
export async function checkAll(output: Output, cases: readonly (BirthCase | NoCase)[], line: string): Promise<Ending> {
  const all: Outcome[] = []
  for (const one of cases) all.push('without' in one ? skip(output, one) : await check(output, one))
  const [broken, unknown] = [all.filter((one) => one.birth === 'broken'), all.filter((one) => one.birth === 'unknown')]
  const more = { born: all.length - broken.length - unknown.length, unknown: unknown.length, broken: broken.length }
  const [worst] = [...broken, ...unknown]
  if (worst === undefined) return { exit: 0, more }
  const names = (broken.length > 0 ? broken : unknown).map(({ name }) => name)
  return worst.birth === 'broken'
    ? { exit: 5, more, failure: brokenBirth(names, worst.why, line) }
    : { exit: 1, more, failure: unknownBirth(names, worst.why, worst.proof ? line : undefined) }
}

function skip(output: Output, one: NoCase): Outcome {
  tellWithout(output, one)
  return { name: one.name, birth: one.without === 'from-file' ? 'broken' : 'unknown', why: one.why, proof: false }
}

async function check(output: Output, one: BirthCase): Promise<Outcome> {
  const found = await checkBirth(one.evidence)
  tellBirth(output, one, found)
  const { links, birth } = found
  const on = links.find(({ holds }) => holds === false) ?? links.find(({ holds }) => holds === undefined)
  return { name: one.name, birth, why: on === undefined ? '' : `${on.part}: ${on.text}`, proof: true }
}
