import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  beginProbeRun,
  beginStep,
  carryOutProbe,
  type ProbeHand,
  type ProbeRun,
  type ProbeStep,
  probeSteps,
  isOver,
  isWithoutApplication,
  nextStep,
  recordStep,
  secretMayLie,
  type StepRefusal,
  takeUp,
} from '../../src/probe/index.ts'
import { type Outcome, ok, refused } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'

const chip = { part: 'nRF9160', flash: { from: 0, to: 0x10_0000 }, pageBytes: 0x1000 } as const
const slots = [{ tag: 7, type: 2 }]

function order(id: string, more: Partial<ProbeRun> = {}): ProbeRun {
  const secret = { from: 0x2_b000, to: 0x2_c000 }
  const run = { id, serial: '960', tool: 'nrfutil', page: secret.from, secret, slots, unlock: false } as const
  return beginProbeRun({ ...run, application: 'saved', ...more })
}

/** A chip and a folder as a run meets them, and nothing else of the world. */
interface Bench {
  access: 'open' | 'locked'
  hardened: boolean
  flash: 'old' | 'new' | 'writer' | 'nothing'
  secret: boolean
  file: boolean
  kept: Bench['flash'] | undefined
}

function keptOf(bench: Bench, run: ProbeRun): Bench['flash'] {
  return run.saved === 'nothing' ? 'nothing' : (bench.kept ?? 'nothing')
}

/** Does a step; `half` as much of it as a tool that is ended in the middle may have done. */
function act(bench: Bench, step: ProbeStep, run: ProbeRun, half = false): Outcome<object, StepRefusal> {
  switch (step) {
    case 'identify':
      if (bench.access === 'locked' && !run.unlock) return refused({ kind: 'still-locked' })
      return ok({ chip: { ...chip, access: bench.access, hardened: bench.hardened } })
    case 'unlock':
      Object.assign(bench, { access: 'open', flash: 'nothing', secret: false })
      return ok({ chip: { ...chip, access: 'open', hardened: bench.hardened } })
    case 'blank-old':
      if (!half && run.debts.length > 0) bench.secret = false
      return ok({})
    case 'save':
      if (bench.flash === 'nothing') return ok({ saved: 'nothing' })
      if (run.taken === true || bench.flash === 'writer') return refused({ kind: 'no-application' })
      if (!half) bench.kept = bench.flash
      return ok({ saved: { file: 'kept', pages: [] } })
    case 'try':
      bench.flash = 'writer'
      return ok({})
    case 'write':
      Object.assign(bench, { flash: 'writer', secret: true, file: half })
      return ok({})
    case 'answer':
      return ok({ answer: 0, imei: '350457790000001' })
    case 'blank':
      if (!half) bench.secret = false
      return ok({})
    case 'program':
      bench.flash = half ? 'writer' : run.application === 'named' ? 'new' : keptOf(bench, run)
      return ok({})
    case 'verify':
      return bench.flash === 'writer' ? refused({ kind: 'reads-otherwise', at: 0 }) : ok({})
    case 'run':
    case 'start':
      return ok({})
  }
}

/** Carries a run out that is cut at the n-th step: before it, in the middle, or behind it and before that is written down. */
function cutAt(bench: Bench, begun: ProbeRun, at: number, where: 'before' | 'half' | 'behind'): ProbeRun {
  let run = begun
  for (let index = 0; ; index++) {
    const step = nextStep(run)
    if (step === undefined) return run
    run = beginStep(run, step)
    if (index === at && where === 'before') return run
    const outcome = act(bench, step, run, index === at && where === 'half')
    if (index === at) return run
    run = recordStep(run, step, outcome)
  }
}

const anyBench = fc.record({
  access: fc.constant<'open'>('open'),
  hardened: fc.boolean(),
  flash: fc.constantFrom<Bench['flash']>('old', 'nothing'),
})
const anyCut = fc.record({
  at: fc.nat(10),
  where: fc.constantFrom<'before' | 'half' | 'behind'>('before', 'half', 'behind'),
  application: fc.constantFrom<'named' | 'saved'>('named', 'saved'),
})

test('however often it is cut, the run after that leaves no credential, and the application that was named or that was there', () => {
  fc.assert(
    fc.property(
      anyBench,
      fc.array(anyCut, { maxLength: 4 }),
      fc.constantFrom('named', 'saved'),
      (start, cuts, last) => {
        const bench: Bench = { ...start, secret: false, file: false, kept: undefined }
        let open: ProbeRun[] = []
        cuts.forEach(({ at, where, application }, index) => {
          const run = takeUp(order(`cut-${index}`, { application }), open)
          bench.file = false
          const left = cutAt(bench, run, at, where)
          if (bench.secret) expect(secretMayLie(left)).toContain('flash')
          if (bench.file) expect(secretMayLie(left)).toContain('file')
          open = isOver(left) ? [] : [left]
        })
        bench.file = false
        const run = takeUp(order('last', { application: last }), open)
        const end = cutAt(bench, run, 99, 'behind')
        expect(bench.secret).toBe(false)
        expect(secretMayLie(end)).toEqual([])
        if (end.stopped === true) expect(end.failed?.refusal.kind).toBe('no-application')
        else if (last === 'named') expect(bench.flash).toBe('new')
        else expect(bench.flash).not.toBe('writer')
        const named = cuts.some(({ application }) => application === 'named')
        if (!named && last === 'saved' && start.flash === 'old') expect(bench.flash).toBe('old')
      },
    ),
    { numRuns: scaled(100_000) },
  )
})

describe('a run that meets a refusal', () => {
  const run = recordStep(order('r'), 'identify', ok({ chip: { ...chip, access: 'open' } }))
  const failed: StepRefusal = { kind: 'failed', exit: 65, words: 'no' }
  const until = (step: ProbeStep): ProbeRun => {
    let before = run
    for (let next = nextStep(before); next !== undefined && next !== step; next = nextStep(before))
      before = recordStep(beginStep(before, next), next, ok(next === 'save' ? { saved: { file: 'k', pages: [] } } : {}))
    return beginStep(before, step)
  }

  test.each(['write', 'run', 'answer'] as const)(
    'at %s still blanks the pages and puts the application back',
    (step) => {
      const after = recordStep(until(step), step, refused(failed))
      expect(after.failed).toEqual({ step, refusal: failed })
      expect(nextStep(after)).toBe('blank')
      expect(nextStep(recordStep(after, 'blank', ok({})))).toBe('program')
    },
  )

  test.each(['identify', 'blank-old', 'save', 'blank', 'program', 'verify', 'start'] as const)(
    'at %s stops',
    (step) => {
      expect(nextStep(recordStep(until(step), step, refused(failed)))).toBeUndefined()
    },
  )

  test.each(probeSteps)('at %s, before it had done anything, has begun nothing', (step) => {
    const disk: StepRefusal = { kind: 'disk', words: 'full', untried: true }
    const after = recordStep(until(step), step, refused(disk))
    expect(after.begun).not.toContain(step)
    expect(nextStep(after)).toBe(step === 'run' || step === 'answer' ? 'blank' : undefined)
    if (step === 'write') expect([secretMayLie(after), isWithoutApplication(after)]).toEqual([[], false])
  })

  test.each(probeSteps)('at %s stops where the probe is gone, and says where credentials may lie', (step) => {
    const after = recordStep(until(step), step, refused({ kind: 'unplugged', words: '' }))
    expect(nextStep(after)).toBeUndefined()
    const inFlash = ['write', 'run', 'answer', 'blank'].includes(step)
    expect(secretMayLie(after)).toEqual(inFlash ? ['flash'] : [])
    expect(isWithoutApplication(after)).toBe(
      probeSteps.indexOf(step) >= probeSteps.indexOf('write') && step !== 'start',
    )
  })
})

describe('a locked chip', () => {
  const locked: Bench = { access: 'locked', hardened: false, flash: 'old', secret: false, file: false, kept: undefined }

  test('is not touched unless somebody said so', () => {
    const bench = { ...locked }
    const end = cutAt(bench, order('r'), 99, 'behind')
    expect(end.failed).toEqual({ step: 'identify', refusal: { kind: 'still-locked' } })
    expect(bench).toEqual(locked)
  })

  test('that may be erased is unlocked, and an earlier debt is paid with that', () => {
    const bench = { ...locked, secret: true }
    const debt = recordStep(beginStep(order('before'), 'write'), 'write', refused({ kind: 'unplugged', words: '' }))
    const run = takeUp(order('r', { unlock: true, application: 'named' }), [debt])
    expect(secretMayLie(run)).toEqual(['flash'])
    const end = cutAt(bench, run, 99, 'behind')
    expect(end.done).toContain('unlock')
    expect(bench).toMatchObject({ access: 'open', flash: 'new', secret: false })
  })
})

describe('somebody who presses Ctrl-C', () => {
  const pressedAt = async (at: ProbeStep, hardened = false): Promise<ProbeRun> => {
    const bench: Bench = { access: 'open', hardened, flash: 'old', secret: false, file: false, kept: undefined }
    const stop = new AbortController()
    const hand: ProbeHand = (step, run) => {
      if (step === at) stop.abort()
      return Promise.resolve(act(bench, step, run))
    }
    const going = carryOutProbe(order('r'), hand, stop.signal)
    for (;;) {
      const told = await going.next()
      if (told.done === true) return told.value
    }
  }

  test('before anything was programmed leaves the chip as it was', async () => {
    expect(await pressedAt('save')).toMatchObject({
      stopped: true,
      failed: { step: 'write', refusal: { kind: 'aborted' } },
    })
  })

  test('while the writer is tried gets no credential into flash, and the application back', async () => {
    const end = await pressedAt('try', true)
    expect(end).toMatchObject({ failed: { step: 'write', refusal: { kind: 'aborted' } } })
    expect(end.begun).toEqual(['identify', 'blank-old', 'save', 'try', 'blank', 'program', 'verify', 'start'])
    expect(end.stopped).toBeUndefined()
  })

  test('while credentials lie in flash gets them blanked, and the application back', async () => {
    const end = await pressedAt('write')
    expect(end.done).toEqual(probeSteps.filter((step) => step !== 'try' && step !== 'unlock'))
  })
})
