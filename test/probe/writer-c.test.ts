import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { findMarker, imageOf, layOut, notRun, readAnswer } from '../../src/probe/index.ts'
import { byteText, utf8 } from '../../src/terms/index.ts'
import { figure } from '../support/figures.ts'
import { needs } from '../support/outside.ts'
import { scaled } from '../support/scale.ts'
import { CompiledWriter, compileMain, compiler } from './writer-c/compiled.ts'
import { type PageItem, pageByHand } from './writer-c/page.ts'

const writer = compiler === undefined ? undefined : new CompiledWriter(compiler)
afterAll(() => writer?.clear())

const compiled = needs('a C compiler (cc)', writer !== undefined)

/** Only called where there is a compiler. */
function the(): CompiledWriter {
  if (writer === undefined) throw new Error('there is no compiler')
  return writer
}

const pem = (name: string, lines: number): string =>
  `-----BEGIN ${name}-----\n${`${'MIIB+/='.repeat(9)}\n`.repeat(lines)}-----END ${name}-----`

const three: PageItem[] = [
  { tag: 16_842_753, type: 0, text: pem('CERTIFICATE', 12) },
  { tag: 16_842_753, type: 1, text: pem('CERTIFICATE', 9) },
  { tag: 16_842_753, type: 2, text: pem('EC PRIVATE KEY', 3) },
]

const imeiOf = (page: Uint8Array): string => byteText(page.subarray(8, 24))
const wordAt4 = (page: Uint8Array): number => new DataView(page.buffer, page.byteOffset).getUint32(4, true)

compiled('the modem is started, switched off and asked its IMEI, and gets every item as it lies on the page', () => {
  const ran = the().run(pageByHand(three))
  expect(ran.calls.filter((call) => call !== 'program')).toEqual(['start', 'off', 'imei', 'store', 'store', 'store'])
  expect(ran.stored).toEqual(three.map(({ tag, type, text }) => ({ tag, type, content: utf8(text) })))
  expect(ran.result).toBe(0)
  expect(wordAt4(ran.page)).toBe(0)
  expect(imeiOf(ran.page)).toBe('351358811474309\u00ff')
})

compiled('six items over two tags, the longest that may be among them, are stored in their order', () => {
  const six = [7, 4_294_967_295].flatMap((tag) =>
    [0, 3, 4].map((type) => ({ tag, type, text: type === 0 ? 'A'.repeat(4077) : `CAFE${type}` })),
  )
  const ran = the().run(pageByHand(six))
  expect(ran.stored.map(({ tag, type, content }) => [tag, type, content.length])).toEqual(
    six.map(({ tag, type, text }) => [tag, type, text.length]),
  )
  expect(ran.result).toBe(0)
})

compiled(
  'what is laid out for it, it reads: an image of ours is the page that was made by hand, and is stored as such',
  () => {
    const page = 0xf8000
    const code = imageOf([{ at: 0, bytes: Uint8Array.from([...new Uint8Array(0x400), ...the().marker()]) }])
    const items = three.map(({ tag, type, text }) => ({ slot: { tag, type }, content: utf8(text) }))
    const laid = layOut(code, page, items)
    if (!laid.ok) throw new Error(laid.refusal.code)
    const flash = new Uint8Array(0x8000).fill(0xff)
    for (const span of laid.value.image.spans) if (span.at >= page) flash.set(span.bytes, span.at - page)
    expect(flash).toEqual(pageByHand(three))
    expect(
      the()
        .run(flash)
        .stored.map(({ content }) => content),
    ).toEqual(items.map(({ content }) => content))
    expect(findMarker(laid.value.image)).toMatchObject({ ok: true, value: { page } })
  },
)

compiled('when the result stands nothing of any content is left, and the rest of the page is as it was', () => {
  for (const words of [[], ['store1=cme:515'], ['imei=cme:0']]) {
    const before = pageByHand(three)
    const { page } = the().run(before, ...words)
    let at = 25
    for (const { text } of three) {
      expect(page.subarray(at, at + 7)).toEqual(before.subarray(at, at + 7))
      expect(page.subarray(at + 7, at + 7 + text.length).every((byte) => byte === 0)).toBe(true)
      at += 7 + text.length
    }
    expect(page.subarray(at)).toEqual(before.subarray(at))
  }
})

compiled('no items, but a count that says so: the IMEI is read, and that is all', () => {
  const ran = the().run(pageByHand([]))
  expect(ran.result).toBe(0)
  expect(imeiOf(ran.page)).toBe('351358811474309\u00ff')
  expect(ran.stored).toEqual([])
})

/** Changes some bytes of a page. */
function with_(page: Uint8Array, at: number, ...bytes: number[]): Uint8Array {
  page.set(bytes, at)
  return page
}

const usual = (): Uint8Array => pageByHand(three)
const odd = (text: string): Uint8Array =>
  pageByHand([
    { tag: 1, type: 0, text: 'fine' },
    { tag: 1, type: 3, text },
  ])

interface RefusalCase {
  readonly title: string
  readonly page?: () => Uint8Array
  readonly words?: readonly string[]
  readonly word: number
  readonly says: RegExp
  readonly stored?: number
}

const refusals: RefusalCase[] = [
  {
    title: 'a modem that does not start',
    words: ['start=errno:110'],
    word: 0x51ff_806e,
    says: /did not start: errno 110/,
  },
  {
    title: 'CFUN=0 refused with a number',
    words: ['off=cme:518'],
    word: 0x52ff_0206,
    says: /radio off: \+CME ERROR: 518, not/,
  },
  { title: 'CFUN=0 refused without one', words: ['off=error'], word: 0x52ff_c000, says: /radio off: ERROR, without/ },
  { title: 'CGSN refused', words: ['imei=cme:0'], word: 0x53ff_0000, says: /IMEI: \+CME ERROR: 0, not understood/ },
  { title: 'an IMEI that is too short', words: ['imei=text:12345678901234'], word: 0x54ff_000e, says: /14 digits/ },
  { title: 'an IMEI that is too long', words: ['imei=text:1234567890123456'], word: 0x54ff_0010, says: /16 digits/ },
  { title: 'no IMEI at all', words: ['imei=text:'], word: 0x54ff_0000, says: /begins with 0 digits/ },
  {
    title: 'the IMEI of another board on the page',
    page: () => with_(usual(), 8, 0x39, 0x39),
    word: 0x55ff_0000,
    says: /held another one/,
  },
  {
    title: 'flash that says it does not take the IMEI',
    words: ['broken=12'],
    word: 0x56ff_0003,
    says: /word 3 of the page/,
  },
  {
    title: 'flash that does not take it and says nothing',
    words: ['lying=20'],
    word: 0x56ff_0005,
    says: /word 5 of the page/,
  },
  { title: 'a blank count', page: () => with_(usual(), 24, 0xff), word: 0x57ff_0000, says: /no table/ },
  {
    title: 'an item that ends behind the page',
    page: () => pageByHand(three).slice(0, 900),
    word: 0x5801_0000,
    says: /does not end/,
  },
  {
    title: 'a count that is too high',
    page: () => with_(pageByHand(three, 2048), 24, 4),
    word: 0x5803_0000,
    says: /does not end/,
  },
  { title: 'an item that is too long', page: () => odd('A'.repeat(4078)), word: 0x5901_0fee, says: /4078 bytes/ },
  { title: 'an item that is empty', page: () => odd(''), word: 0x5901_0000, says: /of 0 bytes/ },
  { title: 'a quote in an item', page: () => odd('CAFE",,"'), word: 0x5a01_0004, says: /quote or a NUL at byte 4/ },
  { title: 'a NUL in an item', page: () => odd('CA\0FE'), word: 0x5a01_0002, says: /quote or a NUL at byte 2/ },
  {
    title: 'the first item refused',
    words: ['store0=cme:518'],
    word: 0x5b00_0206,
    says: /item: \+CME ERROR: 518/,
    stored: 1,
  },
  {
    title: 'the last item refused',
    words: ['store2=cme:527'],
    word: 0x5b02_020f,
    says: /item: \+CME ERROR: 527, invalid/,
    stored: 3,
  },
  {
    title: 'an item refused without a number',
    words: ['store1=error'],
    word: 0x5b01_c000,
    says: /ERROR, without/,
    stored: 2,
  },
  {
    title: 'an item refused with a number of SMS',
    words: ['store1=cms:300'],
    word: 0x5b01_412c,
    says: /CMS ERROR: 300/,
    stored: 2,
  },
  {
    title: 'an answer that is lost',
    words: ['store1=errno:116'],
    word: 0x5c01_8074,
    says: /did not answer to an item: errno 116/,
    stored: 2,
  },
]

for (const { title, page = usual, words = [], word, says, stored = 0 } of refusals)
  compiled(`${title}: refused with a word of its own, and the modem has no more than it says`, () => {
    const ran = the().run(page(), ...words)
    expect(ran.result?.toString(16)).toBe(word.toString(16))
    expect(wordAt4(ran.page)).toBe(word)
    expect(ran.stored.length).toBe(stored)
    const answer = readAnswer(word)
    expect(answer).toMatchObject({ is: 'refused', word })
    expect(answer.what).toMatch(says)
    // What is told of the modem's store is what happened to it.
    const taken = ran.stored.length - 1
    if (stored === 0) expect(answer.modemHas).toBe('nothing')
    else expect(answer.item).toBe(taken)
  })

compiled('a page without the mark is left alone, and so is a modem', () => {
  for (const page of [
    new Uint8Array(4096).fill(0xff),
    with_(usual(), 0, 0),
    usual().slice(0, 24),
    usual().slice(0, 4095),
  ]) {
    const ran = the().run(page)
    expect(ran.calls).toEqual([])
    expect(ran.result).toBe(notRun)
    expect(ran.page).toEqual(Uint8Array.from(page))
  }
})

compiled('a page with a result is not worked on a second time', () => {
  const ran = the().run(the().run(usual(), 'store1=cme:515').page)
  expect(ran.calls).toEqual([])
  expect(ran.result).toBe(0x5b01_0203)
})

compiled('the power cut at any call: the next start ends well, with the same items, and leaves nothing', () => {
  const page = pageByHand(three.map((item) => ({ ...item, text: item.text.slice(0, 40) })))
  const whole = the().run(page)
  for (let cut = 1; cut <= whole.calls.length; cut++) {
    const first = the().run(page, `cut=${cut}`)
    expect(first.result).toBeUndefined()
    const second = the().run(first.page)
    expect(second.result, `cut ${cut}`).toBe(0)
    const finished = wordAt4(first.page) === 0
    expect(second.stored.length).toBe(finished ? 0 : 3)
    expect(second.page).toEqual(whole.page)
  }
})

const endings: Readonly<Record<number, string>> = { 0: 'done', 16: 'no page of ours' }

compiled(
  'changed pages: never a read or a write outside, never a word but of the table, never content that stays',
  () => {
    const counts = new Map<string, number>()
    const full = 100_000
    const pages = [pageByHand(three, 4096), pageByHand(three, 0x8000), pageByHand([], 64), odd('CAFE').slice(0, 48)]
    for (const [index, page] of pages.entries()) {
      for (const [reason, count] of the().fuzz(page, 7 + index, scaled(full / pages.length, 500))) {
        const name = endings[reason] ?? (reason > 12 ? 'a result that stood there' : `reason ${reason}`)
        counts.set(name, (counts.get(name) ?? 0) + count)
      }
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect(total).toBe(pages.length * scaled(full / pages.length, 500))
    for (let reason = 1; reason <= 12; reason++)
      expect(counts.get(`reason ${reason}`), `reason ${reason}`).toBeGreaterThan(0)
    figure('writer-c-fuzz', { pages: total, sanitized: the().sanitized, outside: 0, ended: Object.fromEntries(counts) })
  },
)

compiled('the marker that the compiler makes is the one that the host finds', () => {
  const bytes = the().marker()
  const image = { spans: [{ at: 0, bytes: Uint8Array.from([...utf8('code '), ...bytes, 0xff]) }] }
  expect(findMarker(image)).toEqual({ ok: true, value: { version: 1, page: 0xf8000, length: 0x8000, chip: 'nRF9160' } })
})

compiled("the firmware's main file compiles against its SDK's declarations, as they are documented", () => {
  expect(compileMain(compiler ?? '')).toBe('')
})

test('the firmware writes to no console: there is nothing that could print a key', () => {
  const source = readFileSync(new URL('../../examples/ncs/writer/src/main.c', import.meta.url), 'utf8')
  expect(source).not.toMatch(/\b(?:printk|LOG_\w+|puts|printf)\(/)
})
