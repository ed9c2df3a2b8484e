import { afterEach, expect, test } from 'vitest'
import { openPort, systemClock } from '../../src/port/index.ts'
import type { Dialect } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { desk, type Desk } from '../support/cli.ts'
import { paper } from '../support/paper.ts'
import { RttChannel } from '../support/rtt-channel.ts'
import { flags, full, memory, tag } from '../support/workbench.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

interface Place extends Desk {
  readonly rtt: RttChannel
  readonly board: ReturnType<typeof testBoard>
  readonly files: Awaited<ReturnType<typeof paper>>
}

async function place(name: Dialect['name'] = 'at-host'): Promise<Place> {
  const dialect: Dialect = name === 'shell' ? { name } : { name: 'at-host' }
  const board = testBoard({ clock: systemClock, dialect })
  const rtt = await RttChannel.start(() => board.plug().port)
  open.push(() => rtt.close())
  const made = desk(systemClock)
  open.push(() => made.clear())
  const files = await paper()
  made.file('root.crt', files.ca)
  made.file('board.crt', files.certificate)
  made.file('board.key', files.key)
  return { ...made, rtt, board, files }
}

const at = ({ rtt }: Place, more = '?rtt=0&baud=1000000'): string[] => ['--port', `tcp://127.0.0.1:${rtt.port}${more}`]

test.each(['at-host', 'shell'] as const)(
  '%s behind J-Link’s RTT port: the greeting is no answer, and the board is written and verified as by cable',
  async (name) => {
    const made = await place(name)
    const wrote = await made.run(['apply', ...at(made), ...flags])
    expect(wrote.exit, wrote.out + wrote.err).toBe(0)
    expect(memory(made)).toEqual(full(made.files))
    const verified = await made.run(['verify', ...at(made), ...flags, '--json'])
    expect(verified.exit).toBe(0)
    expect(made.rtt.channels).toEqual([0, 0])
    expect(made.rtt.passed).not.toContain('SEGGER')
  },
)

test('without a header line the port is as good: J-Link takes channel 0 then', async () => {
  const made = await place()
  const listed = await made.run(['list', ...at(made, ''), '--tag', String(tag), '--json'])
  expect(listed.exit).toBe(0)
  expect(made.rtt.channels).toEqual([undefined])
})

test('another channel is asked for by its number, before anything else is said', async () => {
  const made = await place()
  expect((await made.run(['info', ...at(made, '?rtt=2&baud=1000000')])).exit).toBe(0)
  expect(made.rtt.channels).toEqual([2])
})

test('a channel of RTT is waited for as for a slow line, because J-Link feeds it slowly; --baud says otherwise', async () => {
  const made = await place()
  for (const [more, baud] of [
    ['?rtt=0', 9600],
    ['?rtt=0&baud=57600', 57_600],
    ['', undefined],
  ] as const) {
    const port = await openPort(`tcp://127.0.0.1:${made.rtt.port}${more}`, {}, systemClock)
    if (!port.ok) throw new Error(port.refusal.text)
    expect(port.value.info.baud).toBe(baud)
    await port.value.writable.close()
    await port.value.closed
  }
})

test('the debug session ends in the middle of a key: told as a pulled cable, and resume ends it', async () => {
  const made = await place()
  made.rtt.onPassed = (passed) => {
    if (!passed.includes('BEGIN PRIVATE') && !passed.includes('BEGIN EC')) return
    made.rtt.onPassed = () => {}
    made.rtt.endSession()
  }
  const cut = await made.run(['apply', ...at(made), ...flags])
  expect(cut.exit, cut.out + cut.err).toBe(7)
  expect(cut.out + cut.err).toContain('sectag resume')
  const resumed = await made.run(['resume', ...at(made)])
  expect(resumed.exit, resumed.out + resumed.err).toBe(0)
  expect(memory(made)).toEqual(full(made.files))
})
