import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readAttestation } from '../../src/identity/index.ts'
import { sha256Hex } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { testAuthority } from '../support/authority.ts'
import { nrfcredstore, offeredBench, ownBench, type ToolBench, type ToolRan } from '../support/nordic-tools.ts'
import { needs } from '../support/outside.ts'
import { type Paper, paper } from '../support/paper.ts'

const withTool = needs('nrfcredstore (PyPI)', nrfcredstore !== undefined)
/** Side by side: they sleep most of the time. */
const long = { timeout: 300_000, concurrent: true }

/** The tool's word for a dialect, the flags that offer it, and what it makes of a file's line ends (TOOL-14, TOOL-16). */
const ways: [mode: string, flags: string[], stored: (text: string) => string][] = [
  ['AT', ['--seed', 'nrfcredstore'], (text) => text.trimEnd()],
  [
    'shell',
    ['--seed', 'nrfcredstore', '--dialect', 'shell', '--baud', '0'],
    (text) => text.trimEnd().replaceAll('\n', '\r\n'),
  ],
]

const types: [type: number, name: string, file: string, item: keyof Paper][] = [
  [0, 'ROOT_CA_CERT', 'root.crt', 'ca'],
  [1, 'CLIENT_CERT', 'board.crt', 'certificate'],
  [2, 'CLIENT_KEY', 'board.key', 'key'],
]

async function files(bench: ToolBench): Promise<Paper> {
  const made = await paper()
  for (const [, , file, item] of types) bench.file(file, made[item])
  bench.file('bad.crt', 'hello')
  return made
}

const credstore = (bench: ToolBench, ...argv: string[]): Promise<ToolRan> =>
  bench.tool('nrfcredstore', bench.path, ...argv)
/** Told which mode it is; elsewhere it finds out, which takes it seconds. */
const told =
  (mode: string) =>
  (bench: ToolBench, ...argv: string[]): Promise<ToolRan> =>
    credstore(bench, '--cmd-type', mode.toLowerCase(), ...argv)

for (const [mode, flags, stored] of ways) {
  withTool(
    `every subcommand of the unmodified nrfcredstore works in ${mode} mode, and sectag sees what it wrote`,
    long,
    async () => {
      const bench = await offeredBench('--active', ...flags)
      const made = await files(bench)
      const say = told(mode)
      expect(await credstore(bench, 'imei')).toMatchObject({ exit: 0, out: expect.stringContaining(bench.imei) })
      expect(await say(bench, 'list')).toMatchObject({
        exit: 0,
        out: expect.stringContaining('NORDIC_ID_ROOT_CA'),
      })
      for (const [, name, file] of types)
        expect(await say(bench, 'write', '42', name, file), name).toMatchObject({ exit: 0 })
      const digests = Object.fromEntries(types.map(([type, , , item]) => [type, sha256Hex(utf8(stored(made[item])))]))
      expect(await bench.held(42)).toEqual(digests)
      const theirs = await say(bench, 'list', '--tag', '42', '--type', 'CLIENT_CERT')
      expect(theirs.out).toContain(digests[1])
      const asked = ['verify', '--tag', '42', '--ca', 'root.crt', '--cert', 'board.crt', '--key', 'board.key']
      expect(await bench.sectag(...asked)).toMatchObject({ exit: 0, out: expect.stringContaining('no last newline') })
      expect((await say(bench, 'delete', '42', 'CLIENT_KEY')).exit).toBe(0)
      expect(Object.keys(await bench.held(42))).toEqual(['0', '1'])

      const token = /Attestation token: (\S+)/.exec((await say(bench, 'attoken')).out)?.[1] ?? ''
      const attested = readAttestation(token)
      expect((await say(bench, 'generate', '51', 'board.csr')).exit).toBe(0)
      const { authority, issue } = await testAuthority()
      const request = Uint8Array.from(readFileSync(join(bench.folder, 'board.csr')))
      const issued = await issue({ profile: 'device', request })
      expect(issued.certificate.subject).toBe(`CN=${attested.ok ? attested.value.deviceUuid : '?'}`)
      bench.file('issued.crt', issued.chain)
      bench.file('authority.crt', authority.rootPem)
      expect((await say(bench, 'write', '51', 'CLIENT_CERT', 'issued.crt')).exit).toBe(0)
      expect((await say(bench, 'write', '51', 'ROOT_CA_CERT', 'authority.crt')).exit).toBe(0)
      expect(await bench.held(51)).toMatchObject({
        0: sha256Hex(utf8(stored(authority.rootPem))),
        1: sha256Hex(utf8(stored(issued.chain))),
        2: expect.any(String),
      })

      // KEY-20: a key is never made over another (519); a bad PEM (527), and what is not there (513), are refused too.
      const before = await bench.held(51)
      expect((await say(bench, 'generate', '51', 'again.csr')).exit).toBe(1)
      expect(await bench.held(51)).toEqual(before)
      expect((await say(bench, 'write', '43', 'ROOT_CA_CERT', 'bad.crt')).exit).toBe(1)
      expect((await say(bench, 'delete', '43', 'PSK')).exit).toBe(1)
      expect(await bench.held(43)).toEqual({})

      expect(await say(bench, 'deleteall')).toMatchObject({
        exit: 0,
        out: expect.stringContaining('All credentials deleted'),
      })
      expect([await bench.held(42), await bench.held(51)]).toEqual([{}, {}])
      // TOOL-06: whatever was asked, the radio is off now.
      expect((await bench.sectag('info', '--json')).out).toContain('"functionalMode":4')
      await bench.stop()
    },
  )
}

withTool(
  'nrfcredstore is refused with 518 when the application has switched the radio on again, and with 528 at low supply',
  long,
  async () => {
    const bench = ownBench()
    await files(bench)
    let [application, refused] = [true, '']
    bench.modem.inFront((text, answer) => {
      const reply = answer()
      if (text === 'AT+CFUN=4' && application) bench.modem.execute('AT+CFUN=1')
      if (/^AT%(CMNG|KEYGEN)/.test(text)) refused = reply.text.trim()
      return reply
    })
    expect((await credstore(bench, 'write', '42', 'ROOT_CA_CERT', 'root.crt')).exit).toBe(1)
    expect(refused).toBe('+CME ERROR: 518')
    expect((await credstore(bench, 'generate', '42', 'board.csr')).exit).toBe(1)
    expect(refused).toBe('+CME ERROR: 518')
    application = false
    bench.modem.state.supply = 2800
    expect((await credstore(bench, 'write', '42', 'ROOT_CA_CERT', 'root.crt')).exit).toBe(1)
    expect(refused).toBe('+CME ERROR: 528')
    expect(await bench.held(42)).toEqual({})
    await bench.stop()
  },
)

withTool(
  'through a shell before NCS 2.8, nrfcredstore spoils what it writes: stored as it is by old firmware, refused (527) by new (SHELL-07, TOOL-16)',
  long,
  async () => {
    for (const [mfw, exit] of [
      ['1.3.5', 0],
      ['2.0.2', 1],
    ] as const) {
      const bench = ownBench({ mfw, dialect: { name: 'shell', unescapesLf: false } })
      const made = await files(bench)
      expect((await credstore(bench, 'write', '42', 'ROOT_CA_CERT', 'root.crt')).exit).toBe(exit)
      const spoiled = sha256Hex(utf8(made.ca.trimEnd().replaceAll('\n', '\\n')))
      expect(await bench.held(42)).toEqual(exit === 0 ? { 0: spoiled } : {})
      await bench.stop()
    }
  },
)
