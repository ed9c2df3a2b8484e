import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Held } from '../../src/modem/index.ts'
import {
  beginRun,
  carryOut,
  compare,
  enrolments,
  type Hand,
  interrupt,
  isComplete,
  next,
  type Run,
  record,
  slotInDoubt,
  type Step,
  stepsFor,
  tagsInUse,
  type Wanted,
} from '../../src/plan/index.ts'
import { type Outcome, ok, type Refusal, refused, slotKey } from '../../src/terms/index.ts'

const hex = (type: number): string => String(type).repeat(64)
const slots = [0, 1, 2].map((type) => ({ tag: 1, type }))
const wanted: Wanted[] = slots.map((slot) => ({
  ...slot,
  source: 'text',
  variants: [{ variant: 'LF', sha256: hex(slot.type) }],
}))
const steps: Step[] = slots.map((slot) => ({ do: 'write', slot, because: 'missing' }))
const begun = (): Run => beginRun('run', '001015000000017', wanted, steps)

/** A board in memory that refuses as the list says, one refusal a command. */
function memoryHand(
  refusals: (Refusal | undefined)[],
  store = new Map<string, string>(),
): Hand & { store: Map<string, string> } {
  const answer = (carryOutIt: () => void): Promise<Outcome<void>> => {
    const refusal = refusals.shift()
    if (refusal === undefined || refusal.kind === 'silence') carryOutIt()
    return Promise.resolve(refusal === undefined ? ok(undefined) : refused(refusal))
  }
  return {
    store,
    write: (slot) => answer(() => store.set(slotKey(slot), hex(slot.type))),
    erase: (slot) => answer(() => store.delete(slotKey(slot))),
    async enrol(slot) {
      const born = await answer(() => store.set(slotKey(slot), 'born'))
      return born.ok ? ok({ variants: [{ variant: 'LF', sha256: hex(1) }] }) : born
    },
    look: (slot) =>
      Promise.resolve(
        ok(
          [...store]
            .filter(([key]) => key === slotKey(slot))
            .map(([, digest]) => ({ ...slot, digest: { kind: 'sha256' as const, hex: digest } })),
        ),
      ),
  }
}

async function finish(run: Run, hand: Hand, signal?: AbortSignal): Promise<{ run: Run; intents: string[] }> {
  const intents: string[] = []
  let last = run
  for await (const step of carryOut(run, hand, signal)) {
    if (step.type === 'intent') intents.push(`${step.intent.do} ${slotKey(step.intent.slot)}`)
    last = step.run
  }
  return { run: last, intents }
}

test('a run without trouble does each step once and is complete', async () => {
  const { run, intents } = await finish(begun(), memoryHand([]))
  expect(intents).toEqual(['write 1/0', 'write 1/1', 'write 1/2'])
  expect(isComplete(run)).toBe(true)
})

test('519 makes it erase the slot and write it again (CMNG-76)', async () => {
  const { run, intents } = await finish(begun(), memoryHand([{ kind: 'cme', code: 519 }]))
  expect(intents).toEqual(['write 1/0', 'erase 1/0', 'write 1/0', 'write 1/1', 'write 1/2'])
  expect(isComplete(run)).toBe(true)
})

test('519 after erasing is a refusal, not a loop', async () => {
  const no: Refusal = { kind: 'cme', code: 519 }
  const { run } = await finish(begun(), memoryHand([no, undefined, no]))
  expect(run).toMatchObject({ stopped: 'refused' })
  expect(run.steps.find((step) => step.status === 'refused')?.refusal).toEqual(no)
})

test('a refusal stops the run and keeps its number', async () => {
  const { run, intents } = await finish(begun(), memoryHand([undefined, { kind: 'cme', code: 528 }]))
  expect(intents).toEqual(['write 1/0', 'write 1/1'])
  expect(run.steps.map((step) => step.status)).toEqual(['done', 'refused', 'todo'])
})

test('519 after a lost answer still makes it erase and write', async () => {
  const [silence, no]: Refusal[] = [
    { kind: 'garbled', text: '', why: '' },
    { kind: 'cme', code: 519 },
  ]
  const { run, intents } = await finish(begun(), memoryHand([silence, no]))
  expect(intents.slice(0, 5)).toEqual(['write 1/0', 'look 1/0', 'write 1/0', 'erase 1/0', 'write 1/0'])
  expect(isComplete(run)).toBe(true)
})

test('with the cable gone the step stays in doubt and the run stops', async () => {
  const { run, intents } = await finish(begun(), memoryHand([{ kind: 'unplugged' }]))
  expect(intents).toEqual(['write 1/0'])
  expect(run).toMatchObject({
    stopped: 'unplugged',
    steps: [{ status: 'doubt' }, { status: 'todo' }, { status: 'todo' }],
  })
  expect(slotInDoubt(run)).toEqual(slots[0])
})

test('a lost answer makes it look, and what is there already is not written again', async () => {
  const { run, intents } = await finish(begun(), memoryHand([{ kind: 'silence', afterMs: 1 }]))
  expect(intents).toEqual(['write 1/0', 'look 1/0', 'write 1/1', 'write 1/2'])
  expect(isComplete(run)).toBe(true)
})

test('two lost answers and nothing there end in doubt, which is no success', async () => {
  const garbled: Refusal = { kind: 'garbled', text: '', why: '' }
  const { run, intents } = await finish(begun(), memoryHand([garbled, garbled]))
  expect(intents).toEqual(['write 1/0', 'look 1/0', 'write 1/0', 'look 1/0'])
  expect(run.steps[0]?.status).toBe('uncertain')
  expect(isComplete(run)).toBe(false)
})

test('erasing what is not there is what was wanted (CMNG-49)', async () => {
  const run = beginRun('run', '1', [], [{ do: 'erase', slot: { tag: 1, type: 0 }, because: 'unwanted' }])
  expect(isComplete((await finish(run, memoryHand([{ kind: 'cme', code: 513 }]))).run)).toBe(true)
})

test('an interrupted run is stopped between two intents, and one that is complete is not', async () => {
  const stop = new AbortController()
  const hand = memoryHand([])
  const stopping: Hand = { ...hand, write: (slot) => (stop.abort(), hand.write(slot)) }
  const { run } = await finish(begun(), stopping, stop.signal)
  expect(run).toMatchObject({
    stopped: 'interrupted',
    steps: [{ status: 'done' }, { status: 'todo' }, { status: 'todo' }],
  })
  const done = (await finish(begun(), memoryHand([]))).run
  expect(interrupt(done)).toBe(done)
})

test('a run is data: written down and read again after any outcome, it goes on the same way', () => {
  const outcome: fc.Arbitrary<Outcome<unknown>> = fc.oneof(
    fc.constant(ok([])),
    fc.constantFrom(513, 514, 515, 518, 519, 527, 528).map((code) => refused({ kind: 'cme' as const, code })),
    fc
      .constantFrom<Refusal>({ kind: 'silence', afterMs: 5 }, { kind: 'unplugged' }, { kind: 'error' })
      .map((refusal) => refused(refusal)),
  )
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 30 }), (outcomes) => {
      let [kept, reread] = [begun(), begun()]
      let count = 0
      for (const told of outcomes) {
        const intent = next(kept)
        expect(next(reread)).toEqual(intent)
        if (intent === undefined) break
        kept = record(kept, intent, told)
        reread = JSON.parse(JSON.stringify(record(reread, intent, told))) as Run
        count++
      }
      expect(count).toBeLessThanOrEqual(18)
      expect(reread).toEqual(JSON.parse(JSON.stringify(kept)))
    }),
  )
})

const bornWanted: Wanted[] = [1, 2].map((type) => ({ tag: 1, type, source: 'enrol', profile: 'device' }))
const bornSteps = stepsFor(compare(bornWanted, [], []), {
  exclusiveTags: new Set(),
  rewrite: false,
  enrol: enrolments(bornWanted),
})
const born = (): Run => beginRun('run', '001015000000017', bornWanted, bornSteps)

test('a key is born first, and the certificate that was issued for it is what is wanted from then on', async () => {
  const { run, intents } = await finish(born(), memoryHand([]))
  expect(intents).toEqual(['enrol 1/2', 'write 1/1'])
  expect(isComplete(run)).toBe(true)
  expect(run.wanted.find((want) => want.type === 1)?.variants?.[0]?.sha256).toBe(hex(1))
})

test('a key whose proof was lost is erased and born again; nobody could certify it any more', async () => {
  const hand = memoryHand([{ kind: 'silence', afterMs: 1 }])
  const { run, intents } = await finish(born(), hand)
  expect(intents).toEqual(['enrol 1/2', 'look 1/2', 'erase 1/2', 'enrol 1/2', 'write 1/1'])
  expect(isComplete(run)).toBe(true)
})

test('a proof that does not hold ends the run with its reason, and no certificate is written', async () => {
  const { run, intents } = await finish(born(), memoryHand([{ kind: 'unproven', why: 'another device' }]))
  expect(intents).toEqual(['enrol 1/2'])
  expect(run.stopped).toBe('refused')
})

test('a key that is there is never made anew without being asked', () => {
  const held: Held[] = [{ tag: 1, type: 2, digest: { kind: 'placeholder' } }]
  const states = compare(bornWanted, held, [])
  const options = { exclusiveTags: new Set<number>(), enrol: enrolments(bornWanted) }
  expect(stepsFor(states, { ...options, rewrite: false }).map((step) => step.do)).toEqual(['write'])
  expect(tagsInUse(bornWanted, states)).toEqual([1])
  expect(stepsFor(states, { ...options, rewrite: true }).map((step) => step.do)).toEqual(['erase', 'enrol', 'write'])
})
