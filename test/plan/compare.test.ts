import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Held, heldDigest } from '../../src/modem/index.ts'
import { compare, judge, owned, type SlotState, stepsFor } from '../../src/plan/index.ts'
import { digestVariants } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'

const tag = 16_842_753
const text = utf8('-----BEGIN X-----\nAAAA\n-----END X-----\n')
const variants = digestVariants(text)
const wanted = [0, 1, 2].map((type) => ({ tag, type, source: 'text' as const, variants }))
const real = (type: number, hex: string): { tag: number; type: number; digest: { kind: 'sha256'; hex: string } } => ({
  tag,
  type,
  digest: { kind: 'sha256', hex },
})
const options = { exclusiveTags: new Set<number>(), rewrite: false }

test.each(variants)('a slot that holds the text as $variant is the same, and says so', ({ variant, sha256 }) => {
  const states = compare(wanted.slice(0, 1), [real(0, sha256)], [])
  expect(states).toEqual([{ tag, type: 0, is: 'same', variant }])
})

test('a placeholder is unknowable, never the same and never different (DIG-30)', () => {
  const held = [0, 1, 2].map((type) => ({
    tag,
    type,
    digest: heldDigest(type, type.toString(16).padStart(2, '0').repeat(32)),
  }))
  const states = compare(wanted, held, [])
  expect(states.map((state) => state.is)).toEqual(['unknowable', 'unknowable', 'unknowable'])
  expect(stepsFor(states, options)).toEqual([])
  expect(stepsFor(states, { ...options, rewrite: true }).map((step) => step.do)).toEqual(['write', 'write', 'write'])
})

test('a digest of any other byte than the type is real', () => {
  expect(heldDigest(1, '00'.repeat(32))).toEqual({ kind: 'sha256', hex: '00'.repeat(32) })
})

test('an empty slot is missing, another digest differs, and what nobody wanted is unwanted', () => {
  const states = compare(wanted.slice(0, 2), [real(1, 'AB'.repeat(32)), real(4, 'CD'.repeat(32))], [])
  expect(states.map((state) => state.is)).toEqual(['missing', 'differs', 'unwanted'])
  expect(stepsFor(states, options).map((step) => [step.do, step.because])).toEqual([
    ['write', 'missing'],
    ['write', 'differs'],
  ])
})

test('unwanted slots are erased in exclusive tags only, and factory entries never', () => {
  const held = [
    real(4, 'CD'.repeat(32)),
    { ...real(4, 'EF'.repeat(32)), tag: 7 },
    { ...real(6, 'EF'.repeat(32)), tag: 4_294_967_294 },
  ]
  const states = compare([], held, [])
  const steps = stepsFor(states, { exclusiveTags: new Set([tag, 4_294_967_294]), rewrite: false })
  expect(steps).toEqual([{ do: 'erase', slot: { tag, type: 4 }, because: 'unwanted' }])
  expect(owned(states, new Set([tag])).map((state) => state.tag)).toEqual([tag])
})

test('what was held after a proven session is the baseline for a key that nobody can hash', () => {
  const key = { tag, type: 2, source: 'existing' as const }
  const known = {
    board: '1',
    slot: key,
    fingerprint: '',
    keyOrigin: 'modem' as const,
    heldDigest: 'AB'.repeat(32),
    at: 0,
  }
  expect(compare([key], [real(2, 'AB'.repeat(32))], [known])[0]?.is).toBe('same')
  expect(compare([key], [real(2, 'CD'.repeat(32))], [known])[0]?.is).toBe('differs')
  expect(compare([key], [real(2, 'CD'.repeat(32))], [])[0]?.is).toBe('unknowable')
})

test('verification is the same comparison: after every step is done, every slot is the same', () => {
  const digest = fc.constantFrom(...variants.map((variant) => variant.sha256), 'AB'.repeat(32))
  const held = fc.uniqueArray(fc.record({ tag: fc.constantFrom<number>(tag, 7), type: fc.nat(4), hex: digest }), {
    selector: (item) => `${item.tag}/${item.type}`,
  })
  fc.assert(
    fc.property(held, fc.boolean(), (items, exclusive) => {
      const exclusiveTags = new Set(exclusive ? [tag] : [])
      const store = new Map<string, Held>(
        items.map((item) => [`${item.tag}/${item.type}`, { ...real(item.type, item.hex), tag: item.tag }]),
      )
      for (const step of stepsFor(compare(wanted, [...store.values()], []), { exclusiveTags, rewrite: false })) {
        if (step.do === 'enrol') continue
        const key = `${step.slot.tag}/${step.slot.type}`
        if (step.do === 'erase') store.delete(key)
        else store.set(key, { ...real(step.slot.type, variants[0]?.sha256 ?? ''), tag: step.slot.tag })
      }
      const after = owned(compare(wanted, [...store.values()], []), exclusiveTags)
      expect(after.every((state) => state.is === 'same')).toBe(true)
      expect(judge(after, 'digest')).toEqual({ verdict: 'UNKNOWN', proof: 'digest', enough: true })
      expect(judge(after, 'session').enough).toBe(false)
    }),
  )
})

test('UNKNOWN is not good enough for a digest, and one missing slot is FAIL whatever the rest', () => {
  const why = 'placeholder'
  expect(judge([{ tag, type: 0, is: 'unknowable', why }], 'digest')).toEqual({
    verdict: 'UNKNOWN',
    proof: 'presence',
    enough: false,
  })
  expect(judge([{ tag, type: 0, is: 'unknowable', why }], 'presence').enough).toBe(true)
  expect(
    judge(
      [
        { tag, type: 0, is: 'same', variant: 'LF' },
        { tag, type: 1, is: 'missing' },
      ],
      'presence',
    ),
  ).toMatchObject({ verdict: 'FAIL', enough: false })
})

test('PASS is said only where each slot is seen to be as wanted, or used in the session', () => {
  const why = 'placeholder'
  const hidden = [1, 2].map((type): SlotState => ({ tag, type, is: 'unknowable', why }))
  const all: SlotState[] = [{ tag, type: 0, is: 'same', variant: 'LF, read back' }, ...hidden]
  const used = [1, 2].map((type) => ({ tag, type }))
  expect(judge(all, 'session', used)).toEqual({ verdict: 'PASS', proof: 'session', enough: true })
  expect(judge([...all, { tag, type: 3, is: 'unknowable', why }], 'session', used)).toEqual({
    verdict: 'UNKNOWN',
    proof: 'presence',
    enough: false,
  })
  expect(judge([...all, { tag, type: 3, is: 'differs' }], 'session', used).verdict).toBe('FAIL')
})

test('a content that was read back is compared like a digest; one that could not be read is unknowable, and why', () => {
  const slot = { tag, type: 0 }
  const variants = [{ variant: 'LF', sha256: 'AB'.repeat(32) }]
  const wanted = [{ ...slot, source: 'text' as const, variants }]
  const is = (digest: Held['digest']): unknown => compare(wanted, [{ ...slot, digest }], [])[0]
  expect(is({ kind: 'sha256', hex: 'AB'.repeat(32), read: true })).toMatchObject({
    is: 'same',
    variant: 'LF, read back',
  })
  expect(is({ kind: 'sha256', hex: 'CD'.repeat(32), read: true })).toMatchObject({ is: 'differs' })
  expect(is({ kind: 'placeholder', unread: { kind: 'cme', code: 528 } })).toMatchObject({
    is: 'unknowable',
    why: expect.stringContaining('could not be read back (528)'),
  })
})
