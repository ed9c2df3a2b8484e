import type { Settled } from '../../plan/index.ts'
import { addressWords, type Laid, type LayoutProblem, layOut, longestItem } from '../../probe/index.ts'
import { slotKey, slotName } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { wrongFile } from './hex-file.ts'
import { buildOf, withoutOption } from './next.ts'
import type { Writer } from './writer.ts'

/** What is wanted, laid out behind a writer; an Ending where it does not fit, before any board is touched. `line` is what was typed. */
export function layItems(writer: Writer, { wanted, materials }: Settled, line: string): Laid | Ending {
  const born = wanted.find(({ source }) => source !== 'text')
  if (born !== undefined)
    return wrongFile(
      `${slotName(born)} is to be born in the modem, and a writer can only give it what is there`,
      'name --cert and --key; a key is born over a cable only: sectag apply --port PORT --enrol',
      'a born key answers with a proof, for which the table has no place',
    )
  const items = wanted.flatMap((slot) => {
    const material = materials.get(slotKey(slot))
    return material === undefined ? [] : [{ slot: material.slot, content: material.content.reveal() }]
  })
  const laid = layOut(writer.image, writer.page, items)
  if (!laid.ok) return wrongFile(problemWords(laid.refusal), remedy(laid.refusal, writer, line), whyNot(laid.refusal))
  if (laid.value.secret.to - writer.page <= writer.room) return laid.value
  return wrongFile(
    `the credentials need ${laid.value.secret.to - writer.page} bytes of flash, and this writer has ${writer.room} for them`,
    `${fewer}; or build it with more room`,
    'a writer of ours says in its image how much it has',
  )
}

function problemWords(problem: LayoutProblem): string {
  switch (problem.code) {
    case 'no-items':
      return 'nothing is wanted, so there is nothing to lay out'
    case 'too-many':
      return `${problem.count} credentials are too many for one table; it counts to 254`
    case 'too-long':
      return `${slotName(problem.slot)} has ${problem.bytes} bytes; a writer takes ${longestItem}`
    case 'empty':
      return `${slotName(problem.slot)} is empty`
    case 'duplicate':
      return `${slotName(problem.slot)} is wanted twice`
    case 'out-of-range':
      return `${slotName(problem.slot)} fits no field of the table`
    case 'not-a-page':
      return `${addressWords(problem.page)} is not where a page of the flash begins`
    case 'overlaps-writer':
      return `the table would lie over the writer's own bytes at ${addressWords(problem.at.from)} to ${addressWords(problem.at.to)}`
    case 'beyond-flash':
      return `${addressWords(problem.at.from)} to ${addressWords(problem.at.to)} does not lie in the flash of an nRF91`
    case 'holds-table':
      return 'the writer image has credentials in it already'
    case 'no-program':
      return 'the writer image does not begin at address 0, so a chip would not start it'
  }
}

/** What is more than one table takes is given by several. */
const fewer = 'share it out over two manifests, and run this once with each'

function whyNot({ code }: LayoutProblem): string {
  if (code === 'too-many') return 'a table has one byte for their number, and a run gives one table'
  if (code === 'overlaps-writer')
    return 'a writer keeps the page of its table free; likely: something else was merged into this image, or its page is another one, which --writer-page names'
  return 'the writer could not read it, or not run'
}

function remedy(problem: LayoutProblem, writer: Writer, line: string): string {
  switch (problem.code) {
    case 'too-long':
      return 'use a smaller chain (P-256 instead of RSA), or leave out certificates that are not needed'
    case 'too-many':
      return fewer
    case 'overlaps-writer':
      return freePage(problem.at.from, writer, line)
    case 'not-a-page':
      return "name the writer's own page: --writer-page 0x2B000 for the open one"
    case 'holds-table':
      return 'name the writer as it was built; sectag puts the credentials behind it'
    case 'no-program':
    case 'beyond-flash':
      return 'name the merged image of a writer for the nRF91, such as merged.hex'
    case 'duplicate':
    case 'empty':
    case 'no-items':
    case 'out-of-range':
      return 'name what each slot is to hold once'
  }
}

/** The page is free and what is behind it is not; or it was typed, and the writer's usual one may be free; or no page of this image helps. */
function freePage(met: number, { page, runsOn, pageMoved }: Writer, line: string): string {
  if (met > page) return fewer
  if (pageMoved === true) return `${withoutOption(line, 'writer-page')}   # the open writer has its own page`
  const part = runsOn('nRF9160') ? 'nRF9160' : 'nRF91x1'
  return `${buildOf(part)}   # its page is free; then --writer build/merged.hex`
}
