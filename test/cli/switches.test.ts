import { afterEach, expect, test } from 'vitest'
import type { Personality } from '../../src/virtual/index.ts'
import { cutPort } from '../support/cut.ts'
import { freshPaper } from '../support/paper.ts'
import { flags, full, memory, port, type Workbench, workbench } from '../support/workbench.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0)) await end()
})

/** What no source decides (docs/facts/open-questions.md): the firmware on which it can matter, and both positions. */
const switches: readonly (readonly [open: string, mfw: string, ...positions: Partial<Personality>[]])[] = [
  ['OPEN-01 overwriting', '2.0.2', { overwrite: 'replace' }, { overwrite: 'error519' }],
  ['OPEN-01 overwriting where digests are placeholders', '1.0.0', { overwrite: 'replace' }, { overwrite: 'error519' }],
  ['OPEN-03 digests', '1.3.1', { digests: 'placeholder' }, { digests: 'real' }],
  ['OPEN-04 looking at content', '2.0.0', { checksContent: false }, { checksContent: true }],
  ['OPEN-05 readable types', '2.0.2', { readable: [0, 4] }, { readable: [0, 1, 4, 10, 11] }],
  ['OPEN-06 more types', '2.0.2', { moreTypes: [] }, { moreTypes: [12, 13] }],
  ['OPEN-07 the size of the store', '2.0.2', { storeBytes: 65_536 }, { storeBytes: 8192 }],
  ['OPEN-08 the order of checks', '2.0.2', { checkOrder: [514, 518, 528, 513] }, { checkOrder: [513, 528, 518, 514] }],
  ['OPEN-13 the TLS session cache', '2.0.2', { sessionCache: false }, { sessionCache: true }],
  ['OPEN-14 %DEVICEUUID', '1.3.5', { deviceUuid: false }, { deviceUuid: true }],
  ['OPEN-15 passwords', '2.0.2', { checksPassword: false }, { checksPassword: true }],
  ['OPEN-17 quotes of +CPIN', '2.0.2', { quotesPin: false }, { quotesPin: true }],
  ['OPEN-18 AT+CMEE=2', '2.0.2', { verboseErrors: false }, { verboseErrors: true }],
  ['OPEN-19 reads at low supply', '2.0.2', { guardsReads: false }, { guardsReads: true }],
  ['OPEN-20 hexadecimal keys', '2.0.2', { checksPsk: false }, { checksPsk: true }],
  ['OPEN-21 listing of mode 2', '2.0.2', { listsReceiveOnly: false }, { listsReceiveOnly: true }],
]
const positions = switches.flatMap(([open, mfw, ...all]) =>
  all.map((position) => [open, mfw, JSON.stringify(position), position] as const),
)

async function bench(mfw: string, position: Partial<Personality>): Promise<Workbench> {
  const made = await workbench({ mfw, switches: position })
  close.push(made.clear)
  await made.active()
  return made
}

const exitOf = (line: Personality, wanted: number): number => (line.digests === 'real' ? wanted : 1)

test.each(positions)('%s on mfw %s, %s: apply onto an old set, then verify', async (_, mfw, _told, position) => {
  const made = await bench(mfw, position)
  const { modem } = made.board
  const old = await freshPaper('old')
  for (const [name, text] of [
    ['old.crt', old.ca],
    ['old-board.crt', old.certificate],
    ['old.key', old.key],
  ] as const)
    made.file(name, text)
  const before = ['--tag', flags[1] ?? '', '--ca', 'old.crt', '--cert', 'old-board.crt', '--key', 'old.key']
  expect((await made.run(['apply', ...port, ...before, '--json'])).exit).toBe(exitOf(modem.personality, 0))
  const ran = await made.run(['apply', ...port, ...flags, '--rewrite', '--yes', '--json'])
  expect(ran.exit, ran.out).toBe(exitOf(modem.personality, 0))
  expect(memory(made)).toEqual(full(made.paper))
  expect(modem.state.functionalMode).toBe(1)
  expect((await made.run(['verify', ...port, ...flags])).exit).toBe(exitOf(modem.personality, 0))
})

test.each(positions)('%s on mfw %s, %s: resume ends what a pulled cable cut', async (_, mfw, _told, position) => {
  const made = await bench(mfw, position)
  const { modem, clock } = made.board
  made.boards.set('test:board', () => {
    const plugged = made.board.plug()
    return cutPort(plugged.port, 1, 200, () => clock.sleep(50).then(plugged.unplug))
  })
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(7)
  made.boards.set('test:board', () => made.board.plug().port)
  const resumed = await made.run([
    'resume',
    ...port,
    '--proof',
    modem.personality.digests === 'real' ? 'digest' : 'presence',
    '--json',
  ])
  expect(resumed.exit, resumed.out).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  expect(modem.state.functionalMode).toBe(1)
})
