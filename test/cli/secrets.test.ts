import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { cutPort } from '../support/cut.ts'
import { keyPem, pair, certificate } from '../support/paper.ts'
import { secretWindows, seen } from '../support/secrets.ts'
import { flags, port, tag, type Workbench, workbench } from '../support/workbench.ts'

const inputs = new Set(['root.crt', 'board.crt', 'board.key', 'desktop.json', 'psk.hex', 'broken.key', 'mixed.crt'])

/** Every file below a folder, but the ones that the user put there. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !inputs.has(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

/** Something that happens to a board, and what is typed meanwhile. */
type Scene = [string, (made: Workbench) => Promise<string[][]>]

const transcript = ['--transcript', 'talk.at']
const apply = ['apply', ...port, ...flags, ...transcript]
const scenes: Scene[] = [
  [
    'all goes well',
    async () => [apply, ['verify', ...port, ...flags, ...transcript], ['list', ...port, ...transcript]],
  ],
  ["the desktop tool's JSON holds the key", async () => [['apply', ...port, 'desktop.json', ...transcript]]],
  ['the key is refused', async (made) => (refuse(made, '+CME ERROR: 515\r\n'), [apply])],
  ['the key is refused without a number', async (made) => (refuse(made, 'ERROR\r\n'), [apply])],
  ['the key is answered by noise', async (made) => (refuse(made, '\u0000\u00ff%CMNG: "x\r\n'), [apply])],
  [
    'the key is answered by itself, spoiled',
    async (made) => (refuse(made, `+X: "${made.paper.key}\r\nERROR\r\n`), [apply]),
  ],
  ['the key is answered by silence', async (made) => (refuse(made, ''), [apply])],
  ['the modem lists the key’s text where a digest belongs', async (made) => (garble(made), [apply])],
  [
    'the cable is pulled in the middle of the key',
    async (made) => (pull(made), [apply, ['list', ...port], ['resume', ...port, ...transcript]]),
  ],
  ['the key does not fit', async (made) => (made.file('board.crt', await certificate(await pair())), [apply])],
  [
    'the key file is damaged',
    async (made) => [
      [
        'apply',
        ...port,
        '--tag',
        '42',
        '--key',
        made.file('broken.key', made.paper.key.replace('-----END', '-----DNE')),
      ],
    ],
  ],
  [
    'the key file is flattened',
    async (made) => [
      ['apply', ...port, '--tag', '42', '--key', made.file('broken.key', made.paper.key.replaceAll('\n', ' '))],
    ],
  ],
  [
    'the key stands in the certificate file',
    async (made) => [
      ['apply', ...port, '--tag', '42', '--cert', made.file('mixed.crt', made.paper.certificate + made.paper.key)],
    ],
  ],
  ['the key is named where a manifest belongs', async () => [['apply', ...port, 'board.key']]],
]

function refuse(made: Workbench, text: string): void {
  made.board.modem.inFront((command, answer) => (/^AT%CMNG=0,\d+,2/.test(command) ? { text, takesMs: 1 } : answer()))
}

function garble(made: Workbench): void {
  const body = made.paper.key.replaceAll('\n', '')
  made.board.modem.inFront((command, answer) =>
    command.startsWith('AT%CMNG=1')
      ? { text: `%CMNG: ${tag},2,"${body}"\r\n%CMNG: ${body}\r\nOK\r\n`, takesMs: 1 }
      : answer(),
  )
}

function pull(made: Workbench): void {
  let first = true
  made.boards.set('test:board', () => {
    const plugged = made.board.plug()
    if (!first) return plugged.port
    first = false
    return cutPort(plugged.port, 2, 150, () => made.board.clock.sleep(50).then(plugged.unplug))
  })
}

/** A defect of ours whose message holds the key: as bad as it gets. */
function crash(made: Workbench): { signal: AbortSignal } {
  const signal = {
    get aborted(): boolean {
      throw new Error(`a defect near ${made.paper.key}`)
    },
    addEventListener: () => {},
  }
  return { signal: signal as unknown as AbortSignal }
}

const outputs = [[], ['--json'], ['--quiet']]

test.each(scenes)(
  '%s: no window of 24 characters of the key is in any output, transcript or journal, with echo on too',
  async (_, set) => {
    for (const more of outputs) {
      const made = await workbench({ echo: true })
      await made.active()
      const windows = secretWindows(made.paper.key)
      expect(seen(made.paper.key, windows).length).toBeGreaterThan(100)
      for (const argv of await set(made)) {
        const ran = await made.run([...argv, ...more])
        for (const text of [ran.out, ran.err, inspect(ran.events, { depth: 20 })])
          expect(seen(text, windows), argv.join(' ')).toEqual([])
      }
      for (const path of files(made.folder)) expect(seen(readFileSync(path, 'latin1'), windows), path).toEqual([])
      made.clear()
    }
  },
)

test.each([
  ['table', []],
  ['json', ['--json']],
])('sectag itself fails with the key in its message: exit 70, and no window of it is seen (%s)', async (_, more) => {
  const made = await workbench({ echo: true })
  await made.active()
  const ran = await made.run([...apply, ...more], crash(made))
  expect(ran.exit).toBe(70)
  for (const text of [ran.out, ran.err]) expect(seen(text, secretWindows(made.paper.key))).toEqual([])
  expect(ran.out + ran.err).toContain('sectag itself failed')
  made.clear()
})

test('a PSK that was typed where a file belongs does not come back in the message', async () => {
  const made = await workbench()
  const psk = '6e7266393174657374c0ffee'
  const ran = await made.run([
    'apply',
    ...port,
    made.file('m.yaml', `sectag: 1\ntags:\n  - tag: 42\n    psk: ${psk}\n    psk-identity: d\n`),
  ])
  expect(ran.exit).toBe(2)
  expect(ran.out + ran.err).not.toContain(psk.slice(0, 8))
  made.clear()
})

test('a PSK is in no output, transcript or journal either', async () => {
  const made = await workbench({ echo: true })
  const psk = '6e7266393174657374c0ffee'
  made.file('psk.hex', `${psk}\n`)
  const argv = [
    'apply',
    ...port,
    '--tag',
    '42',
    '--psk',
    'psk.hex',
    '--psk-identity',
    'device-7',
    ...transcript,
    '--json',
  ]
  const ran = await made.run(argv)
  expect(ran.exit).toBe(0)
  expect(Buffer.from(made.board.modem.store.get({ tag: 42, type: 3 })?.content ?? []).toString()).toBe(psk)
  for (const text of [ran.out, ran.err, ...files(made.folder).map((path) => readFileSync(path, 'latin1'))])
    expect(text).not.toContain(psk.slice(0, 12))
  made.clear()
})

test('a transcript of a write shows everything but the secret', async () => {
  const made = await workbench()
  await made.run(apply)
  const talk = readFileSync(join(made.folder, 'talk.at'), 'utf8')
  expect(talk).toContain(`> AT%CMNG=0,${tag},2,"<struck>"`)
  expect(talk).toContain(`> AT%CMNG=0,${tag},0,"-----BEGIN CERTIFICATE-----\\n`)
  expect(talk).toMatch(/< %CMNG: 16842753,2,"[0-9A-F]{64}"/)
  made.clear()
})

test('an RSA key is struck as well as an EC key', async () => {
  const made = await workbench({ echo: true })
  const rsa = await pair('RSA')
  made.file('board.crt', await certificate(rsa))
  made.file('board.key', keyPem(rsa, 'pkcs1'))
  const windows = secretWindows(keyPem(rsa, 'pkcs1'))
  const ran = await made.run([...apply, '--json'])
  expect(ran.exit).toBe(0)
  for (const text of [ran.out, ran.err, ...files(made.folder).map((path) => readFileSync(path, 'latin1'))])
    expect(seen(text, windows)).toEqual([])
  made.clear()
})
