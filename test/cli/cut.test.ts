import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memoryCable, type Port } from '../../src/at/index.ts'
import { offerTcp, systemClock } from '../../src/port/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { desk, type Ran } from '../support/cli.ts'
import { cutPort } from '../support/cut.ts'
import { freshPaper, type Paper, paper } from '../support/paper.ts'
import { figure } from '../support/figures.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'
import { flags, full, memory, port, tag, type Workbench, workbench } from '../support/workbench.ts'

const mfws = ['1.0.0', '2.0.2']
/** At full scale every byte is tried. */
const hour = 3_600_000

/** What a listing said is held of our tag, by type. */
function account(ran: Ran): number[] {
  const held = ran.events
    .filter((event) => event['type'] === 'held')
    .map((event) => event['slot'] as { tag: number; type: number })
  return held.filter((slot) => slot.tag === tag).map((slot) => slot.type)
}

function notice(ran: Ran, code: string): Record<string, unknown> | undefined {
  return ran.events.find((event) => event['type'] === 'notice' && event['code'] === code)
}

/** An apply whose cable is pulled after so many bytes of the write of one type. */
async function unplugged(made: Workbench, type: number, bytes: number): Promise<Ran> {
  made.boards.set('test:board', () => {
    const { port, unplug } = made.board.plug()
    return cutPort(port, type, bytes, () => made.board.clock.sleep(50).then(unplug))
  })
  const ran = await made.run(['apply', ...port, ...flags, '--json'])
  made.boards.set('test:board', () => made.board.plug().port)
  return ran
}

/** What was counted over many cuts; every figure is a count of cuts. */
interface Count {
  cuts: number
  /** The next run's listing was not what the memory held. */
  accountsWrong: number
  /** Something other than the whole texts was in the memory. */
  tornCommitted: number
  /** The next run did not name the slot in doubt, or not the mode before the cut. */
  untold: number
  /** Resume ended it: all slots as wanted, the radio given back. */
  resumed: number
}

const noCuts = (): Count => ({ cuts: 0, accountsWrong: 0, tornCommitted: 0, untold: 0, resumed: 0 })

function expectTruth(count: Count, cuts: number): void {
  expect(count).toEqual({ cuts, accountsWrong: 0, tornCommitted: 0, untold: 0, resumed: cuts })
}

/** Whether the next run named the slot in doubt and the mode before the cut. */
function toldWell(looked: Ran, type: number): boolean {
  const told = notice(looked, 'open-run')
  const suspect = told?.['suspect'] as { tag: number; type: number } | undefined
  return suspect?.tag === tag && suspect.type === type && told?.['givenBack'] === false && told['functionalMode'] === 1
}

/** Whether every text in a memory is one that somebody wanted there, whole. */
function onlyWhole(found: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(found).every(([slot, text]) => wanted[slot] === text)
}

const written = mfws.flatMap((mfw) => [0, 1, 2].map((type) => [mfw, type] as const))

test.each(written)(
  'mfw %s: unplugged at every byte of a written PEM of type %i, the next run tells what is so, commits nothing torn, and resume ends it',
  { timeout: hour },
  async (mfw, type) => {
    const command = `AT%CMNG=0,${tag},${type},"${textOf(await paper(), type)}"`
    const offsets = everyByte(command)
    const count = noCuts()
    for (const bytes of offsets) {
      const made = await workbench({ mfw })
      await made.active()
      const cut = await unplugged(made, type, bytes)
      expect(cut.result, `cut at ${bytes}`).toMatchObject({ exit: 7, refusal: { kind: 'unplugged' } })
      const looked = await made.run(['list', ...port, '--json'])
      if (JSON.stringify(account(looked)) !== JSON.stringify(typesIn(made.board.modem))) count.accountsWrong++
      if (!onlyWhole(memory(made), full(made.paper))) count.tornCommitted++
      if (!toldWell(looked, type)) count.untold++
      const insideQuotes = bytes >= `AT%CMNG=0,${tag},${type},"`.length && bytes < command.length
      expect(notice(looked, 'torn') !== undefined, `cut at ${bytes}`).toBe(insideQuotes)
      expect((await made.run(['apply', ...port, ...flags])).exit, `cut at ${bytes}`).toBe(6)
      const resumed = await made.run(['resume', ...port, '--proof', mfw === '1.0.0' ? 'presence' : 'digest'])
      const ended = resumed.exit === 0 && made.board.modem.state.functionalMode === 1
      if (ended && JSON.stringify(memory(made)) === JSON.stringify(full(made.paper))) count.resumed++
      count.cuts++
      made.clear()
    }
    figure(`unplug-at-every-byte-${mfw}-type-${type}`, { mfw, type, bytesOfTheWrite: command.length, ...count })
    expectTruth(count, offsets.length)
  },
)

/** Every number of bytes of a command that may have arrived, or the sample of them that the scale asks for. */
function everyByte(command: string): number[] {
  return sampled(
    Array.from({ length: command.length + 1 }, (_, at) => at),
    6,
  )
}

function textOf(files: Paper, type: number): string {
  return [files.ca, files.certificate, files.key][type] ?? ''
}

/** The types that a modem's memory really holds in our tag. */
function typesIn(modem: VirtualModem): number[] {
  return Object.keys(memory({ board: { modem } })).map((slot) => Number(slot.split('/')[1]))
}

test.each(mfws)(
  'mfw %s: a write whose answer was lost with the cable is in doubt, and resume settles it',
  async (mfw) => {
    const made = await workbench({ mfw })
    await made.active()
    const whole = `AT%CMNG=0,${tag},1,"${made.paper.certificate}"\r\n`.length
    await unplugged(made, 1, whole)
    await made.board.clock.sleep(1000)
    expect(memory(made)[`${tag}/1`]).toBe(made.paper.certificate)
    const looked = await made.run(['list', ...port, '--json'])
    expect(account(looked)).toEqual([0, 1])
    expect(notice(looked, 'open-run')).toMatchObject({ suspect: { tag, type: 1 } })
    await made.run(['resume', ...port])
    expect(memory(made)).toEqual(full(made.paper))
    // Where the digest tells, it is not written again; where nobody can tell, it is.
    expect(made.board.modem.store.writes.get(`${tag}/1`)).toBe(mfw === '2.0.2' ? 1 : 2)
    made.clear()
  },
)

test.each([
  ['1.0.0', 1],
  ['2.0.2', 2],
] as const)(
  'mfw %s: SIGKILL of the host at every byte of a written PEM of type %i: the next run’s account equals the memory, and nothing torn is committed',
  { timeout: 4 * hour },
  async (mfw, type) => {
    const command = `AT%CMNG=0,${tag},${type},"${textOf(await paper(), type)}"`
    const offsets = everyByte(command)
    const count = noCuts()
    const started = performance.now()
    await inParallel(offsets, 6, (bytes) => killedAt(mfw, type, bytes, count))
    const seconds = Math.round((performance.now() - started) / 1000)
    figure(`kill-at-every-byte-${mfw}-type-${type}`, { mfw, type, bytesOfTheWrite: command.length, ...count, seconds })
    expectTruth(count, offsets.length)
  },
)

/** Kills a real host process when so many bytes of its write have reached the board, and counts what the next one makes of it. */
async function killedAt(mfw: string, type: number, bytes: number, count: Count): Promise<void> {
  const made = await workbench()
  const line = personality(mfw)
  if (line === undefined) throw new Error('no such firmware')
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'kill' })
  modem.execute('AT+CFUN=1')
  const host = new AtHost(modem, { clock: systemClock })
  const reached = Promise.withResolvers<void>()
  let cut = (port: Port): Port => cutPort(port, type, bytes, () => reached.resolve())
  const server = await offerTcp('127.0.0.1', 0, (port) => host.serve(gateInbound(port, cut)))
  const where = ['--port', `tcp://127.0.0.1:${server.port}`]
  const env = { SECTAG_HOME: join(made.folder, 'home') }
  const applying = start(['apply', ...where, ...flags], { cwd: made.folder, env })
  await Promise.race([reached.promise, applying.ended])
  applying.child.kill('SIGKILL')
  await applying.ended
  expect(applying.child.signalCode, `killed at ${bytes}: ${applying.err()}`).toBe('SIGKILL')
  cut = (port) => port
  const next = desk(systemClock)
  const looked = await next.run(['list', ...where, '--json'], { env })
  expect(looked.exit, `killed at ${bytes}: ${looked.out}`).toBe(0)
  if (JSON.stringify(account(looked)) !== JSON.stringify(typesIn(modem))) count.accountsWrong++
  if (!onlyWhole(memory({ board: { modem } }), full(made.paper))) count.tornCommitted++
  if (!toldWell(looked, type)) count.untold++
  const resumed = await next.run(['resume', ...where, '--proof', 'presence', '--json'], { env })
  const ended = resumed.exit === 0 && modem.state.functionalMode === 1
  if (ended && JSON.stringify(memory({ board: { modem } })) === JSON.stringify(full(made.paper))) count.resumed++
  count.cuts++
  await server.close()
  next.clear()
  made.clear()
}

/** The board's end of a cable, with what the host sends passing through a gate first. */
function gateInbound(port: Port, cut: (port: Port) => Port): Port {
  const behind = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
  const gated = cut({ ...port, writable: behind.writable })
  port.readable.pipeTo(gated.writable).catch(() => {})
  return { ...port, readable: behind.readable }
}

test('Ctrl-C in mid-write finishes the exchange, gives the pen back and exits 7; resume goes on', async () => {
  const made = await workbench()
  await made.active()
  const stop = new AbortController()
  made.board.modem.inFront((text, answer) => {
    if (/^AT%CMNG=0,\d+,1,/.test(text)) stop.abort()
    return answer()
  })
  const cut = await made.run(['apply', ...port, ...flags, '--json'], { signal: stop.signal })
  expect(cut.exit).toBe(7)
  expect(cut.result).toMatchObject({
    left: { asFound: true, state: { functionalMode: 1 } },
    refusal: { kind: 'aborted' },
  })
  expect(Object.keys(memory(made))).toEqual([`${tag}/0`, `${tag}/1`])
  expect(made.board.modem.state.functionalMode).toBe(1)
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  expect([...made.board.modem.store.writes.values()]).toEqual([1, 1, 1])
  made.clear()
})

test('resume without its files gives nothing up: it says which command gives the board back', async () => {
  const made = await workbench()
  await made.active()
  await unplugged(made, 1, 100)
  made.file('board.key', (await freshPaper()).key)
  const gone = await made.run(['resume', ...port])
  expect(gone.exit).toBe(7)
  expect(gone.err).toContain('resume --port test:board --give-back-only')
  expect(made.board.modem.state.functionalMode).toBe(4)
  const back = await made.run(['resume', ...port, '--give-back-only', '--json'])
  expect(back.exit).toBe(1)
  expect(back.result).toMatchObject({ left: { asFound: true }, undone: 2 })
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})

test('an erase that was cut is ended by resume too', async () => {
  const made = await workbench()
  for (const type of [3, 4]) made.board.modem.execute(`AT%CMNG=0,${tag},${type},"00"`)
  await made.active()
  made.boards.set('test:board', () => {
    const { port, unplug } = made.board.plug()
    made.board.modem.inFront((text, answer) => {
      if (text === `AT%CMNG=3,${tag},4`) unplug()
      return answer()
    })
    return port
  })
  expect((await made.run(['erase', ...port, '--tag', String(tag), '--yes'])).exit).toBe(7)
  const board = testBoard({ clock: made.board.clock })
  expect(board.modem.identity.imei).toBe(made.board.modem.identity.imei)
  made.boards.set('test:board', () => made.board.plug().port)
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(memory(made)).toEqual({})
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})

test('a journal holds no content, is readable by its owner only, and a torn last line of it is no line', async () => {
  const made = await workbench()
  await made.active()
  await unplugged(made, 2, 100)
  const folder = join(made.folder, 'home', 'journal')
  const [name = ''] = readdirSync(folder)
  expect(statSync(join(made.folder, 'home')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(folder, name), 'utf8')).not.toContain('BEGIN')
  appendFileSync(join(folder, name), '{"entry":"end","at":1')
  const looked = await made.run(['list', ...port, '--json'])
  expect(notice(looked, 'open-run')).toMatchObject({ suspect: { tag, type: 2 } })
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(readdirSync(folder)).toEqual([])
  expect(existsSync(join(made.folder, 'home', 'runs'))).toBe(true)
  made.clear()
})

test('resume never erases what the run before has written after a 519', async () => {
  const made = await workbench({ mfw: '1.0.0' })
  made.board.modem.execute(`AT%CMNG=0,${tag},0,"old"`)
  const there = (slot: RegExpExecArray | null): boolean =>
    slot !== null && made.board.modem.store.get({ tag, type: Number(slot[1]) }) !== undefined
  made.board.modem.inFront((text, answer) =>
    there(/^AT%CMNG=0,\d+,(\d+),/.exec(text)) ? { text: '+CME ERROR: 519\r\n', takesMs: 1 } : answer(),
  )
  await made.active()
  made.boards.set('test:board', () => {
    const { port, unplug } = made.board.plug()
    return cutPort(port, 1, 100, () => made.board.clock.sleep(50).then(unplug))
  })
  expect((await made.run(['apply', ...port, ...flags, '--rewrite', '--yes'])).exit).toBe(7)
  made.boards.set('test:board', () => made.board.plug().port)
  expect((await made.run(['resume', ...port, '--proof', 'presence'])).exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  expect(made.board.modem.store.writes.get(`${tag}/0`)).toBe(3)
  made.clear()
})

test('a resume that cannot even read the state leaves the run open and does not claim to have given anything back', async () => {
  const made = await workbench()
  await made.active()
  await unplugged(made, 1, 100)
  let broken = true
  made.board.modem.inFront((text, answer) =>
    broken && text === 'AT+CFUN?' ? { text: 'ERROR\r\n', takesMs: 1 } : answer(),
  )
  const failed = await made.run(['resume', ...port])
  expect(failed.exit).toBe(7)
  expect(failed.out + failed.err).not.toMatch(/was given back as found|is as it was found/)
  broken = false
  expect(notice(await made.run(['list', ...port, '--json']), 'open-run')).toBeDefined()
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})

test('what somebody has changed since the cut is theirs: resume gives back the present state, not a stale one', async () => {
  const made = await workbench()
  const stop = new AbortController()
  made.board.modem.inFront((text, answer) => (/^AT%CMNG=0,\d+,0,/.test(text) && stop.abort(), answer()))
  made.board.modem.execute('AT+CFUN=4')
  expect((await made.run(['apply', ...port, ...flags], { signal: stop.signal })).exit).toBe(7)
  await made.active()
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})

test('a board that was restarted after the cut, and switched on by its application, stays on', async () => {
  const made = await workbench()
  made.board.modem.execute('AT+CFUN=21')
  await unplugged(made, 1, 100)
  made.board.modem.restart()
  await made.active()
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(made.board.modem.state.functionalMode).toBe(1)
  expect(memory(made)).toEqual(full(made.paper))
  made.clear()
})

test('unplugged while the radio goes off: it is said that it may be off, and resume switches it on again', async () => {
  const made = await workbench()
  await made.active()
  made.boards.set('test:board', () => {
    const { port, unplug } = made.board.plug()
    made.board.modem.inFront((text, answer) => (text === 'AT+CFUN=4' && unplug(), answer()))
    return port
  })
  const cut = await made.run(['apply', ...port, ...flags])
  expect(cut.exit).toBe(7)
  expect(cut.err).toContain('its radio was switched off and may still be off')
  made.boards.set('test:board', () => made.board.plug().port)
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  expect(made.board.modem.state.functionalMode).toBe(1)
  made.clear()
})

test('a write that was never answered keeps the run open: what is promised to resume can be resumed', async () => {
  const made = await workbench()
  let deaf = true
  made.board.modem.inFront((text, answer) =>
    deaf && /^AT%CMNG=0,\d+,1,/.test(text) ? { text: '', takesMs: 1 } : answer(),
  )
  const lost = await made.run(['apply', ...port, ...flags])
  expect(lost.exit).toBe(7)
  expect(lost.err).toContain('next   sectag resume')
  deaf = false
  expect((await made.run(['resume', ...port, '--json'])).result).toMatchObject({ exit: 0, proof: 'digest' })
  expect(memory(made)).toEqual(full(made.paper))
  made.clear()
})

test('resume asks before it replaces what somebody else has written since, and minds the PIN', async () => {
  const made = await workbench()
  await unplugged(made, 1, 100)
  made.board.modem.execute(`AT%CMNG=0,${tag},2,"theirs"`)
  expect((await made.run(['resume', ...port])).exit).toBe(6)
  expect(memory(made)[`${tag}/2`]).toBe('theirs')
  made.board.modem.state.sim = 'pin'
  await made.active()
  made.board.modem.state.simUnlocked = true
  expect((await made.run(['resume', ...port, '--yes'])).exit).toBe(6)
  expect(made.board.modem.state.simUnlocked).toBe(true)
  expect((await made.run(['resume', ...port, '--yes', '--despite-pin'])).exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
  made.clear()
})

test('--quiet does not hide that a board was left in doubt', async () => {
  const made = await workbench()
  await made.active()
  await unplugged(made, 1, 100)
  const { out, err } = await made.run(['list', ...port, '--quiet'])
  expect(out).toBe('')
  expect(err).toMatch(/earlier apply .* was cut/)
  made.clear()
})

test('a journal whose beginning was cut does not swallow the next one', async () => {
  const made = await workbench()
  await made.active()
  await made.run(['list', ...port])
  const folder = join(made.folder, 'home', 'journal')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(made.folder, 'home', 'version'), '1\n')
  writeFileSync(join(folder, `${made.board.modem.identity.imei}.jsonl`), '{"entry":"begin","at":1,"ru')
  await unplugged(made, 1, 100)
  expect(notice(await made.run(['list', ...port, '--json']), 'open-run')).toMatchObject({ suspect: { tag, type: 1 } })
  expect((await made.run(['resume', ...port])).exit).toBe(0)
  made.clear()
})

test('a port that takes no bytes is given up in time, and closed', async () => {
  const made = await workbench()
  made.boards.set('test:board', () => memoryCable().host)
  const { exit, err } = await made.run(['list', ...port])
  expect(exit).toBe(3)
  expect(err).toContain('nobody answers')
  made.clear()
})
