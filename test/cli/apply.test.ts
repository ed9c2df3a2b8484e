import { afterEach, expect, test } from 'vitest'
import { makePty, offerTcp, systemClock } from '../../src/port/index.ts'
import { AtHost, personalities, VirtualModem } from '../../src/virtual/index.ts'
import { desk } from '../support/cli.ts'
import { flags, full, memory, port, tag, workbench } from '../support/workbench.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0)) await end()
})

async function bench(options: Parameters<typeof workbench>[0] = {}): ReturnType<typeof workbench> {
  const made = await workbench(options)
  close.push(made.clear)
  return made
}

const ways: [string, string[]][] = [
  ['flags', flags],
  ['a manifest', ['manifest.yaml']],
  ["the desktop tool's JSON", ['desktop.json']],
]

test.each(ways)(
  '%s: apply makes the board hold exactly the files, and verify finds every slot the same',
  async (_, job) => {
    const made = await bench()
    await made.active()
    const applied = await made.run(['apply', ...port, ...job, '--json'])
    expect(applied.exit).toBe(0)
    expect(memory(made)).toEqual(full(made.paper))
    expect(applied.result).toMatchObject({
      verb: 'apply',
      ok: true,
      exit: 0,
      proof: 'digest',
      verdict: 'UNKNOWN',
      left: { asFound: true, state: { functionalMode: 1 } },
    })
    expect(applied.events).toContainEqual(expect.objectContaining({ type: 'notice', code: 'radio-off' }))
    const verified = await made.run(['verify', ...port, ...job, '--json'])
    expect(verified.exit).toBe(0)
    expect(verified.events.filter((event) => event['type'] === 'slot').map((event) => event['is'])).toEqual([
      'same',
      'same',
      'same',
    ])
    const again = await made.run(['apply', ...port, ...job, '--json'])
    expect(again.exit).toBe(0)
    expect([...made.board.modem.store.writes.values()]).toEqual([1, 1, 1])
  },
)

test('PASS is printed by nobody, because nobody saw a session', async () => {
  const made = await bench()
  for (const argv of [
    ['apply', ...port, ...flags],
    ['verify', ...port, ...flags],
    ['plan', ...port, ...flags],
  ]) {
    const { out, err } = await made.run(argv)
    expect(out + err).not.toMatch(/\bPASS\b/)
  }
  const asked = await made.run(['verify', ...port, ...flags, '--proof', 'session', '--json'])
  expect(asked.exit).toBe(1)
  expect(asked.result).toMatchObject({ verdict: 'UNKNOWN', proof: 'digest' })
})

test('on placeholder firmware the CA is read back and verify says UNKNOWN; a second apply writes nothing without --rewrite', async () => {
  const made = await bench({ mfw: '1.0.0' })
  const first = await made.run(['apply', ...port, ...flags, '--json'])
  expect(first.exit).toBe(1)
  expect(first.result).toMatchObject({ verdict: 'UNKNOWN', proof: 'presence' })
  expect(memory(made)).toEqual(full(made.paper))
  const verified = await made.run(['verify', ...port, ...flags, '--json'])
  expect(verified.exit).toBe(1)
  expect(verified.events.filter((event) => event['type'] === 'slot').map((event) => event['is'])).toEqual([
    'same',
    'unknowable',
    'unknowable',
  ])
  expect(verified.out).not.toContain('BEGIN CERTIFICATE')
  expect((await made.run(['verify', ...port, ...flags, '--proof', 'presence'])).exit).toBe(0)
  await made.run(['apply', ...port, ...flags])
  expect([...made.board.modem.store.writes.values()]).toEqual([1, 1, 1])
  const rewritten = await made.run(['apply', ...port, ...flags, '--rewrite', '--yes', '--proof', 'presence'])
  expect(rewritten.exit).toBe(0)
  expect([...made.board.modem.store.writes.values()]).toEqual([1, 2, 2])
})

test('a board that holds a line-end variant of the file is left alone, and the variant is named', async () => {
  const made = await bench()
  made.board.modem.execute(`AT%CMNG=0,${tag},0,"${made.paper.ca.trimEnd().replaceAll('\n', '\r\n')}"`)
  const { out } = await made.run(['plan', ...port, '--tag', String(tag), '--ca', 'root.crt'])
  expect(out).toContain('same (CRLF, no last newline)')
  await made.run(['apply', ...port, '--tag', String(tag), '--ca', 'root.crt'])
  expect(made.board.modem.store.writes.get(`${tag}/0`)).toBe(1)
})

test('what is replaced is asked for: without --yes nothing is written, with the right digits it is', async () => {
  const made = await bench()
  made.board.modem.execute(`AT%CMNG=0,${tag},0,"${made.paper.certificate}"`)
  const before = memory(made)
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(6)
  expect((await made.run(['apply', ...port, ...flags], { ask: async () => '0000' })).exit).toBe(6)
  expect(memory(made)).toEqual(before)
  const digits = made.board.modem.identity.imei.slice(-4)
  const asked: string[] = []
  const answered = await made.run(['apply', ...port, ...flags], {
    ask: async (question) => (asked.push(question), digits),
  })
  expect(answered.exit).toBe(0)
  expect(asked.length).toBe(1)
  expect(answered.err).not.toContain(made.board.modem.identity.imei)
  expect(memory(made)).toEqual(full(made.paper))
})

test('--dry-run shows the plan and changes nothing, not even the radio', async () => {
  const made = await bench()
  await made.active()
  const before = JSON.stringify(made.board.modem.state)
  const { exit, out } = await made.run(['apply', ...port, ...flags, '--dry-run'])
  expect(exit).toBe(1)
  expect(out).toContain('3 to write')
  expect(JSON.stringify(made.board.modem.state)).toBe(before)
  expect(memory(made)).toEqual({})
})

test('a manifest owns only its slots; exclusive widens that to its tag and no further', async () => {
  const made = await bench()
  for (const slot of [`${tag},4`, '42,4']) made.board.modem.execute(`AT%CMNG=0,${slot},"mine"`)
  await made.run(['apply', ...port, 'manifest.yaml'])
  expect(Object.keys(memory(made))).toContain(`${tag}/4`)
  made.file(
    'exclusive.yaml',
    `sectag: 1\ntags:\n  - tag: ${tag}\n    exclusive: true\n    ca: root.crt\n    certificate: board.crt\n    key: board.key\n`,
  )
  expect((await made.run(['verify', ...port, 'exclusive.yaml'])).exit).toBe(5)
  expect((await made.run(['apply', ...port, 'exclusive.yaml', '--yes'])).exit).toBe(0)
  expect(memory(made)).toEqual({ '42/4': 'mine', ...full(made.paper) })
})

test('firmware that refuses to overwrite (519) is erased first and written again (CMNG-76)', async () => {
  const made = await bench()
  made.board.modem.execute(`AT%CMNG=0,${tag},0,"${made.paper.certificate}"`)
  made.board.modem.inFront((text, answer) => {
    const occupied = /^AT%CMNG=0,(\d+),(\d+),/.exec(text)
    const there =
      occupied !== null &&
      made.board.modem.store.get({ tag: Number(occupied[1]), type: Number(occupied[2]) }) !== undefined
    return there ? { text: '+CME ERROR: 519\r\n', takesMs: 1 } : answer()
  })
  expect((await made.run(['apply', ...port, ...flags, '--yes'])).exit).toBe(0)
  expect(memory(made)).toEqual(full(made.paper))
})

test('a SIM that would ask for its PIN again is noticed before the radio goes off, and no PIN is ever sent', async () => {
  const made = await bench()
  made.board.modem.state.sim = 'pin'
  await made.active()
  made.board.modem.state.simUnlocked = true
  const said: string[] = []
  made.board.modem.inFront((text, answer) => (said.push(text), answer()))
  const { exit, err } = await made.run(['apply', ...port, ...flags])
  expect(exit).toBe(6)
  expect(err).toContain('PIN')
  expect(made.board.modem.state).toMatchObject({ functionalMode: 1, simUnlocked: true })
  expect((await made.run(['apply', ...port, ...flags, '--despite-pin'])).exit).toBe(0)
  expect(said.filter((text) => /CPIN=|CLCK=.*,[01],/.test(text))).toEqual([])
})

test.each(personalities.map(({ name }) => name))(
  'mfw %s: apply then verify say the same over memory, TCP and PTY',
  async (mfw) => {
    const line = personalities.find(({ name }) => name === mfw)
    if (line === undefined) throw new Error('no such firmware')
    const real = line.digests === 'real'
    const places: [string, (host: AtHost) => Promise<string>][] = [
      [
        'TCP',
        async (host) => {
          const server = await offerTcp('127.0.0.1', 0, (port) => host.serve(port))
          close.push(() => server.close())
          return `tcp://127.0.0.1:${server.port}`
        },
      ],
      [
        'PTY',
        async (host) => {
          const pty = makePty()
          close.push(() => pty.close())
          void host.serve(pty.port)
          return pty.path
        },
      ],
    ]
    const files = (await bench()).paper
    for (const [place, offer] of places) {
      const made = desk(systemClock)
      close.push(made.clear)
      made.file('root.crt', files.ca)
      made.file('board.crt', files.certificate)
      made.file('board.key', files.key)
      const modem = new VirtualModem({ personality: line, clock: systemClock, seed: place })
      const where = ['--port', await offer(new AtHost(modem, { clock: systemClock }))]
      for (const verb of ['apply', 'verify']) {
        const ran = await made.run([verb, ...where, ...flags, '--json'])
        expect(ran.exit, `${verb} over ${place}: ${ran.out}`).toBe(real ? 0 : 1)
        const last = ran.events.filter((event) => event['type'] === 'slot').slice(-3)
        const hidden = real ? 'same' : 'unknowable'
        expect(last.map((event) => event['is'])).toEqual(['same', hidden, hidden])
      }
    }
  },
)
