import { afterEach, beforeEach, expect, test } from 'vitest'
import { endOfVerdict } from '../../src/cli/verdict.ts'
import { diagnose, textEvidence } from '../../src/doctor/index.ts'
import { type Desk, desk } from '../support/cli.ts'
import { freshPaper } from '../support/paper.ts'
import { freePort } from '../support/mosquitto.ts'
import { flags, tag, workbench } from '../support/workbench.ts'

let here: Desk
beforeEach(() => {
  here = desk()
})
afterEach(() => here.clear())

const typed = (text: string): { input: AsyncIterable<string> } => ({
  input: {
    async *[Symbol.asyncIterator]() {
      yield text
    },
  },
})

test('doctor tells a person the cause, why, what is not known and what is next', async () => {
  here.file('board.log', 'mqtt_connect error -45\n')
  here.file('sms.txt', `> AT+CFUN?\n< +CFUN: 1\n> AT%CMNG=1,${tag},0\n<\n`)
  const { exit, out, err } = await here.run([
    'doctor',
    'board.log',
    'sms.txt',
    '--context',
    'sdk=1.0.0,libc=minimal',
    '--tag',
    String(tag),
  ])
  expect(exit).toBe(0)
  expect(err).toBe('')
  expect(out).toMatch(/^cred-slot-empty {2}99 % /)
  expect(out).toContain('(sms.txt:3)')
  expect(out).toContain('(board.log:1)')
  expect(out).toMatch(/not known .*client certificate, private key/)
  expect(out).toContain(`by SMS    AT+CFUN?\n            AT%CMNG=1,${tag},0`)
})

test('what runs on a computer is not asked for by cable, and the failure names no HOST that nobody has', async () => {
  here.file('board.log', 'connect failed, errno 116\n')
  const { events } = await here.run(['doctor', 'board.log', '--tag', '7', '--json'])
  const question = events.find(({ type }) => type === 'question')
  expect(question).toMatchObject({ topic: 'port', cable: [], sms: [] })
  expect(question?.['computer']).toEqual([expect.stringMatching(/^openssl s_client -connect HOST:8883 {3}# HOST /)])
  const { out } = await here.run(['doctor', 'board.log', '--tag', '7'])
  expect(out).toMatch(/^ {2}on a computer\n {12}openssl s_client /m)
  expect(out).not.toContain('by cable')
  const verdict = diagnose([textEvidence('board.log', 'connect failed, errno 116\n')])
  const { failure } = endOfVerdict({ ...verdict, causes: [] }, 'sectag doctor board.log')
  expect(failure?.why).toBe('what was heard does not decide; ask again with what is printed by openssl s_client')
})

test('one line gives one ground for a SIM that fails, however many words in it say so', async () => {
  here.file('board.log', 'modem init ok\n<err> sim: no SIM card found\n')
  const { events } = await here.run(['doctor', 'board.log', '--json'])
  const cause = events.find(({ type }) => type === 'cause')
  expect(cause).toMatchObject({ cause: 'sim-failure', for: [{ words: 'the application found no SIM' }] })
})

test('doctor says the same for machines, and its last line names the cause', async () => {
  here.file('board.log', 'mqtt_connect error -45\nAT%CMNG=1,42\nOK\n')
  const { exit, events, result } = await here.run([
    'doctor',
    'board.log',
    '--context',
    'sdk=1.0.0',
    '--tag',
    '42',
    '--json',
  ])
  expect(exit).toBe(0)
  const causes = events.filter((event) => event['type'] === 'cause')
  expect(causes[0]).toMatchObject({ rank: 1, cause: 'cred-slot-empty', group: 'store' })
  expect(causes.reduce((sum, event) => sum + Number(event['probability']), 0)).toBeCloseTo(1, 9)
  expect(events.map((event) => event['type'])).toContain('question')
  expect(result).toMatchObject({ verb: 'doctor', ok: true, cause: 'cred-slot-empty', lines: 5, struck: 0 })
})

test('doctor reads standard input, also between files, and without any file', async () => {
  here.file('board.log', 'mqtt_connect error -45\n')
  const sim = '%XSIM: 0,9\n'
  for (const argv of [['doctor'], ['doctor', '-'], ['doctor', 'board.log', '-']]) {
    const { exit, out } = await here.run(argv, typed(sim))
    expect(exit).toBe(0)
    expect(out).toMatch(/^sim-failure/)
    expect(out).toContain('(stdin:1)')
  }
})

test('doctor exits 1 where nothing decides, says so, and names what to ask', async () => {
  here.file('board.log', 'mqtt_connect error -45\n')
  const { exit, out, err, result } = await here.run(['doctor', 'board.log'])
  expect(exit).toBe(1)
  expect(out).toMatch(/^insufficient-evidence/)
  expect(err).toContain('no cause can be named yet')
  expect(result).toEqual({})
  const { result: last } = await here.run(['doctor', 'board.log', '--json'])
  expect(last).toMatchObject({ ok: false, exit: 1, cause: 'insufficient-evidence' })
  const { err: told } = await here.run(['doctor', 'board.log', '--context', 'libc=newlib'])
  expect(told).toMatch(/^next {3}sectag doctor board.log --context 'libc=newlib' ANSWER.txt/m)
})

test('what was known beforehand stands in the command to type next', async () => {
  here.file('alone.log', 'ERROR: mqtt_connect -45\n')
  const { exit, err } = await here.run(['doctor', 'alone.log', '--context', 'sdk=1.0.0', '--tag', String(tag)])
  expect(exit).toBe(1)
  expect(err).toContain(`next   sectag doctor alone.log --context 'sdk=1.0.0' --tag ${tag} ANSWER.txt`)
  expect((await here.run(['doctor'], typed('mqtt_connect -45\n'))).err).toMatch(/^next {3}sectag doctor - ANSWER.txt$/m)
})

test('doctor counts what it strikes out and never prints it', async () => {
  const { key } = await freshPaper()
  here.file('term.log', `AT%CMNG=0,42,2,"${key}"\n+CME ERROR: 528\n`)
  for (const more of [[], ['--json']]) {
    const { out, err, result } = await here.run(['doctor', 'term.log', ...more])
    expect(out + err).not.toContain(key.split('\n')[1])
    expect(out).toContain('supply-voltage-low')
    if (more.length > 0) expect(result).toMatchObject({ struck: 1 })
  }
})

test('doctor is led through a line of 10 MB to what comes after it', async () => {
  here.file('long.log', `${'A'.repeat(10_000_000)}\n%XSIM: 0,9\n`)
  const { exit, out } = await here.run(['doctor', 'long.log'])
  expect(exit).toBe(0)
  expect(out).toContain('(long.log:2)')
})

test.each([
  [['gone.log'], 'gone.log'],
  [['.'], '.'],
  [['--context', 'sdk=one'], 'sdk=one'],
  [['--context', 'tag=99999999999'], 'tag=99999999999'],
  [['--context', 'moon=full'], 'moon=full'],
])('doctor refuses %j as usage, and names it', async (argv, named) => {
  const { exit, err } = await here.run(['doctor', ...argv])
  expect(exit).toBe(2)
  expect(err).toContain(named)
})

test('doctor understands what our own list prints of a board', async () => {
  const bench = await workbench()
  const { out } = await bench.run(['list', '--port', 'test:board', '--tag', '42', '--json'])
  const { exit, out: told } = await bench.run(['doctor', '-', '--tag', '42'], typed(out))
  bench.clear()
  expect(exit).toBe(0)
  expect(told).toMatch(/^cred-slot-empty/)
})

test('a broker that is down is told from a wrong credential by a rehearsal', async () => {
  const bench = await workbench()
  bench.file('device.log', '<err> app: mqtt_connect failed, error -111\n')
  const before = await bench.run(['doctor', 'device.log', '--context', 'sdk=2.4.0'])
  expect(before.out).toMatch(/^insufficient-evidence/)
  const place = `127.0.0.1:${await freePort()}`
  const rehearsed = await bench.run(['rehearse', place, ...flags, '--json'])
  bench.file('rehearsal.jsonl', rehearsed.out)
  const { exit, out } = await bench.run(['doctor', 'device.log', 'rehearsal.jsonl', '--context', 'sdk=2.4.0'])
  bench.clear()
  expect(exit).toBe(0)
  expect(out).toMatch(/^net-blocked/)
})

test('a light that blinks is evidence, beside other evidence too', async () => {
  const { exit, out } = await here.run(['doctor', '--led', '5', '--context', 'sdk=1.0.0'])
  expect(exit).toBe(0)
  expect(out).toMatch(/^cred-slot-empty[^]*\(--led:1\)/)
  here.file('note.txt', 'the battery ran empty\n')
  expect((await here.run(['doctor', 'note.txt', '--led', '5'])).out).toMatch(/^cred-lost-after-power-event/)
})

test('every blink of the table names the cause of its stage, and what the tag is said to hold is believed', async () => {
  const leaders = {
    1: 'modem-init-failed',
    2: 'sim-failure',
    3: 'net-not-registered',
    4: 'dns-failure',
    5: 'cred-slot-empty',
    6: 'tls-handshake-unspecified',
    7: 'broker-policy-denies',
  }
  for (const [times, cause] of Object.entries(leaders))
    expect((await here.run(['doctor', '--led', times])).out, times).toMatch(new RegExp(`^${cause}`))
  expect((await here.run(['doctor', '--led', '6'])).out).not.toContain('cred-slot-empty')
})

test('what is no answer is asked again, and nothing typed means that nobody knows', async () => {
  here.file('mute.txt', 'mqtt_connect error -45\n')
  const answers = ['99', 'abc', '', 'q']
  const asked: string[] = []
  const ask = (words: string): Promise<string | undefined> => {
    asked.push(words)
    return Promise.resolve(answers.shift())
  }
  const { err, out } = await here.run(['doctor', 'mute.txt', '--ask'], { ask })
  expect(asked.slice(0, 3)).toEqual([asked[0], asked[0], asked[0]])
  expect(asked[3]).not.toBe(asked[0])
  expect(`${out}${err}`).toMatch(/that is none of 1 to \d/)
})

test('on a terminal doctor says that it reads what is pasted; in a pipe, or with a file, it says nothing of that', async () => {
  const ask = (): Promise<undefined> => Promise.resolve(undefined)
  const shown = await here.run(['doctor'], { ...typed('%XSIM: 0,9\n'), ask })
  expect(shown.exit).toBe(0)
  expect(shown.err).toContain('Ctrl-D')
  expect((await here.run(['doctor'], typed('%XSIM: 0,9\n'))).err).not.toContain('Ctrl-D')
  here.file('sim.log', '%XSIM: 0,9\n')
  expect((await here.run(['doctor', 'sim.log'], { ask })).err).not.toContain('Ctrl-D')
})

test('a name that cannot be read is told with its own reason', async () => {
  const { exit, err } = await here.run(['doctor', 'gone.log'])
  expect(exit).toBe(2)
  expect(err).toContain('there is no such file here')
  expect((await here.run(['doctor', '.'])).err).toContain('sectag doctor ./*')
})
