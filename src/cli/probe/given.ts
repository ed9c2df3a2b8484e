import { beginRun, type Settled } from '../../plan/index.ts'
import { readAnswer } from '../../probe/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { Home } from '../home/home.ts'
import { KnownBoard } from '../home/known.ts'
import type { Given } from '../home/probe-journal.ts'
import { certificatesOf, hostKeysOf, writtenSlots } from '../what-was-written.ts'

/** What a writer gives to a board, as it is remembered of a board on a cable: fingerprints and digests, no content. */
export async function givenOf({ wanted, materials }: Settled): Promise<Given> {
  const slots = wanted.map(({ tag, type }) => ({ tag, type }))
  const run = beginRun(
    '',
    '',
    wanted,
    slots.map((slot) => ({ do: 'write', slot, because: 'unknowable' })),
  )
  const done = { ...run, steps: run.steps.map((step) => ({ ...step, status: 'done' as const })) }
  const keys = await hostKeysOf(run, materials)
  return { slots, certificates: certificatesOf(run, materials), keys, written: writtenSlots(done) }
}

/**
 * Tells the home what became of a board as soon as its IMEI is known. Until its application is back it runs the writer, so no
 * session of it can have been seen meanwhile.
 *
 * @param answer the writer's result; undefined where it left none
 */
export function rememberGiven(home: Home, imei: string, given: Given, answer: number | undefined, at: Instant): void {
  const { slots, certificates, keys, written } = given
  const known = new KnownBoard(home, imei)
  known.add({ fact: 'writing', at, slots, certificates, ...(keys.length > 0 && { keys }) })
  known.add({ fact: 'written', at, slots: written.slice(0, surely(answer, written.length)) })
}

/** How many items of the table the modem has taken for sure. */
function surely(answer: number | undefined, all: number): number {
  if (answer === undefined) return 0
  const { modemHas, item } = readAnswer(answer)
  if (modemHas === 'all') return all
  return modemHas === 'before' || modemHas === 'before-or-with' ? (item ?? 0) : 0
}
