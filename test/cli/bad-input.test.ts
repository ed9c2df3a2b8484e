import { afterEach, expect, test } from 'vitest'
import { memoryCable } from '../../src/at/index.ts'
import { makePty, openPort, systemClock } from '../../src/port/index.ts'
import { certificate, freshPaper, pair } from '../support/paper.ts'
import { flags, memory, port, tag, type Workbench, workbench } from '../support/workbench.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0)) await end()
})

/** Something wrong to type, what it must say, and how it ends. */
type Wrong = [string, (made: Workbench) => Promise<string[]>, number, RegExp]

const apply = ['apply', ...port]
const wrongs: Wrong[] = [
  ['a missing file', async () => [...apply, '--tag', '42', '--ca', 'gone.crt'], 2, /no file .*gone\.crt/],
  ['a folder for a file', async (made) => [...apply, '--tag', '42', '--ca', made.folder], 2, /is a folder/],
  [
    'a file that is not PEM',
    async (made) => [...apply, '--tag', '42', '--ca', made.file('x', 'hello')],
    2,
    /not a PEM root CA/,
  ],
  [
    'a flattened PEM',
    async (made) => [...apply, '--tag', '42', '--ca', made.file('x', made.paper.ca.replaceAll('\n', ' '))],
    2,
    /one line/,
  ],
  [
    'a key that does not fit',
    async (made) => (made.file('board.key', (await freshPaper()).key), [...apply, ...flags]),
    2,
    /does not fit/,
  ],
  [
    'a certificate over the limit',
    async (made) => [
      ...apply,
      '--tag',
      '42',
      '--ca',
      made.file('x', await certificate(await pair(), { ca: true, padding: 60 })),
    ],
    2,
    /bytes too long/,
  ],
  [
    'an unknown key in the manifest',
    async (made) => [...apply, made.file('m.yaml', 'sectag: 1\ntags:\n  - tag: 42\n    cacert: root.crt\n')],
    2,
    /m\.yaml:4: unknown key `cacert`/,
  ],
  ['a missing manifest', async () => [...apply, 'gone.yaml'], 2, /no file .*gone\.yaml/],
  ['a manifest and flags', async () => [...apply, 'manifest.yaml', ...flags], 2, /both a manifest and flags/],
  ['neither', async () => apply, 2, /nothing says what is wanted/],
  ['a tag without files', async () => [...apply, '--tag', '42'], 2, /nothing is wanted in tag 42/],
  [
    'a tag above 2147483647',
    async () => [...apply, '--tag', '2147483700', '--ca', 'root.crt'],
    2,
    /reserved by Nordic/,
  ],
  ['a developer tag', async () => [...apply, '--tag', '2147483648', '--ca', 'root.crt'], 2, /decrypt/],
  ['a tag that is no number', async () => [...apply, '--tag', 'mqtt', '--ca', 'root.crt'], 2, /whole number/],
  [
    'a PSK without its identity',
    async (made) => [...apply, '--tag', '42', '--psk', made.file('psk', '6e7266393174657374')],
    2,
    /identity/,
  ],
  ['an unknown port', async () => ['list', '--port', 'ftp://x'], 2, /names no port/],
  ['a port that is not there', async () => ['list', '--port', '/dev/ttyACM999'], 3, /no port \/dev\/ttyACM999/],
  ['a folder for a port', async () => ['list', '--port', '/'], 3, /^error {2}\/ cannot be opened: Is a directory/],
  ['no port', async () => ['list'], 2, /no port was named/],
  ['an unknown verb', async () => ['aply'], 2, /unknown command 'aply'/],
  ['an unknown option', async () => ['list', ...port, '--tga', '1'], 2, /unknown option '--tga'/],
  ['a word too many', async () => ['list', ...port, 'now'], 2, /too many arguments/],
  ['a type without a tag', async () => ['list', ...port, '--type', 'ca'], 2, /--type was given without --tag/],
  ['erasing without a tag', async () => ['erase', ...port, '--yes'], 2, /no tag was named/],
  ['erasing a factory tag', async () => ['erase', ...port, '--tag', '4294967293', '--yes'], 2, /not the user's/],
  [
    'an unknown grade',
    async () => ['verify', ...port, ...flags, '--proof', 'hope'],
    2,
    /Allowed choices are presence, digest, rehearsed, session/,
  ],
  ['an unknown help topic', async () => ['help', 'life'], 2, /no help topic life/],
  ['an unknown shell', async () => ['completion', 'csh'], 2, /no completion for csh/],
  ['an unknown firmware of a virtual board', async () => ['modem', '--firmware', '9.9'], 2, /firmware 9\.9/],
]

test.each(wrongs)('%s: a clear error in four parts, and nothing changed on the board', async (_, type, exit, words) => {
  const made = await workbench()
  close.push(made.clear)
  await made.active()
  const before = JSON.stringify([made.board.modem.state, memory(made)])
  const argv = await type(made)
  const { exit: code, err } = await made.run(argv)
  expect(err).toMatch(words)
  expect(code).toBe(exit)
  expect(err).toMatch(/^error {2}\S/m)
  expect(err).toMatch(/^state {2}\S/m)
  expect(err).toMatch(/^why {4}\S/m)
  expect(err).toMatch(/^next {3}\S/m)
  expect(JSON.stringify([made.board.modem.state, memory(made)])).toBe(before)
})

test('a busy port is named', async () => {
  const made = await workbench()
  close.push(made.clear)
  const pty = makePty()
  close.push(() => pty.close())
  const held = await openPort(pty.path, {}, systemClock)
  const { exit, err } = await made.run(['list', '--port', pty.path])
  expect(exit).toBe(3)
  expect(err).toContain(`${pty.path} is in use`)
  if (held.ok) await held.value.writable.close()
})

test('a port where nobody answers says so within seconds, and which port it was', async () => {
  const made = await workbench()
  close.push(made.clear)
  made.boards.set('test:dead', () => {
    const cable = memoryCable()
    void cable.modem.readable.pipeTo(new WritableStream())
    return cable.host
  })
  const { exit, err } = await made.run(['list', '--port', 'test:dead'])
  expect(exit).toBe(3)
  expect(err).toMatch(/nobody answers at test:dead: no answer within 1 s, asked again for (?:9|1\d) s$/m)
})

const cuts: [string, (text: string) => string][] = [
  ['cut after its first line', (text) => text.split('\r\n').slice(0, 1).join('\r\n')],
  ['with a line cut in the middle', (text) => text.replace(/",?[^"]*"\r\nOK/, '\r\nOK')],
  ['with a byte lost inside a number', (text) => text.replace(`${tag}`, `${tag}`.slice(0, -1).concat('x'))],
  ['with the last quote lost', (text) => text.replace(/"\r\nOK/, '\r\nOK')],
]

test.each(cuts)('a listing %s erases and writes nothing', async (_, cut) => {
  const made = await workbench()
  close.push(made.clear)
  for (const type of [3, 4]) made.board.modem.execute(`AT%CMNG=0,${tag},${type},"00"`)
  made.board.modem.inFront((text, answer) => {
    const reply = answer()
    return text === 'AT%CMNG=1' ? { ...reply, text: cut(reply.text) } : reply
  })
  made.file('exclusive.yaml', `sectag: 1\ntags:\n  - tag: ${tag}\n    exclusive: true\n    ca: root.crt\n`)
  const before = memory(made)
  const { exit, err } = await made.run(['apply', ...port, 'exclusive.yaml', '--yes'])
  expect(err).toMatch(/listing cannot be used/)
  expect(exit).toBe(3)
  expect(memory(made)).toEqual(before)
})

test('two outputs at once are a usage error, told in the one that was asked for', async () => {
  const made = await workbench()
  close.push(made.clear)
  const { exit, result, events } = await made.run(['list', ...port, '--json', '--quiet'])
  expect(exit).toBe(2)
  expect(result).toMatchObject({ type: 'result', ok: false, exit: 2 })
  expect(events[0]).toMatchObject({ type: 'failure', what: expect.stringMatching(/cannot be used with/) })
})
