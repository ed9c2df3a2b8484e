import { afterEach, expect, test } from 'vitest'
import { byteText } from '../../src/terms/index.ts'
import type { BornKeyTraits } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { caDesk } from '../support/ca-desk.ts'
import { personality } from '../../src/virtual/index.ts'
import { freshPaper } from '../support/paper.ts'

const tag = 16_842_753
const port = ['--port', 'test:board']
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** OPEN-02 and OPEN-22, and the NULL of a request, in each position. */
const positions = (['1.3.5', '2.0.4'] as const).flatMap((mfw) =>
  (['payload', 'payload and body'] as const).flatMap((signs) =>
    (['error519', 'replace'] as const).map(
      (overwrite) => [mfw, { signs, overwrite, nullParameter: signs === 'payload' }] as const,
    ),
  ),
)

async function bench(mfw: string, traits: Partial<BornKeyTraits>) {
  const made = await caDesk()
  close.push(() => made.clear())
  const bornKeys = personality(mfw)?.bornKeys
  if (bornKeys === undefined) throw new Error(`mfw ${mfw} makes no keys`)
  const board = testBoard({ mfw, switches: { bornKeys: { ...bornKeys, ...traits } } })
  made.boards.set('test:board', () => board.plug().port)
  made.file('root.crt', made.files.rootCertificate)
  return { ...made, modem: board.modem }
}

test.each(positions)(
  'mfw %s, %o: a key is born and enrolled, and later replaced by one of the host',
  async (mfw, traits) => {
    const made = await bench(mfw, traits)
    const enrol = [
      'apply',
      ...port,
      '--tag',
      String(tag),
      '--ca',
      'root.crt',
      '--enrol',
      'device',
      '--proof',
      'presence',
    ]
    const enrolled = await made.run([...enrol, '--json'])
    expect(enrolled.exit, enrolled.out).toBe(0)
    expect(made.modem.store.get({ tag, type: 2 })?.origin).toBe('born')
    const { ca, certificate, key } = await freshPaper()
    for (const [name, text] of [
      ['ca.crt', ca],
      ['board.crt', certificate],
      ['board.key', key],
    ] as const)
      made.file(name, text)
    const host = ['--tag', String(tag), '--ca', 'ca.crt', '--cert', 'board.crt', '--key', 'board.key']
    const replaced = await made.run(['apply', ...port, ...host, '--yes', '--json'])
    expect(replaced.exit, replaced.out).toBe(0)
    const item = made.modem.store.get({ tag, type: 2 })
    expect(item && byteText(item.content)).toBe(key)
  },
)
