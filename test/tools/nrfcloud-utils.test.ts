import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readAttestation } from '../../src/identity/index.ts'
import { sha256Hex } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import type { Dialect } from '../../src/virtual/index.ts'
import { nrfcloudUtils, ownBench, offeredBench, type ToolBench, type ToolRan } from '../support/nordic-tools.ts'
import { needs, output } from '../support/outside.ts'

const withTool = needs('nRF Cloud utils (PyPI)', nrfcloudUtils !== undefined)
/** Side by side: they sleep most of the time. */
const long = { timeout: 300_000, concurrent: true }
const tag = 16_842_753
/** DIG-11: Amazon Root CA 1 with CR LF, the last one kept; the tool brings it along. */
const amazonRoot = '56AE01E6773BDAEC4BFB216D4005ADB06E4F680BD8BFB8BE4C683CE921681897'

/** Runs the installer with our files: `-d` deletes first, `--verify` compares digests afterwards. */
function install(bench: ToolBench, ...more: string[]): Promise<ToolRan> {
  const ca = readdirSync(bench.folder).find((name) => name.endsWith('_ca.pem')) ?? ''
  const key = ca.replace('_ca.pem', '_prv.pem')
  const argv = ['--port', bench.path, '--ca', ca, '--ca-key', key, '--plain', '-s', '-S', String(tag)]
  return bench.tool('device_credentials_installer', ...argv, ...more)
}

/** A CA by `create_ca_cert`, which leaves `<serial>_ca.pem`, `_prv.pem` and `_pub.pem`. */
async function foundCa(bench: ToolBench): Promise<string> {
  expect(await bench.tool('create_ca_cert', '-c', 'DE', '--cn', 'sectag test')).toMatchObject({ exit: 0 })
  const name = readdirSync(bench.folder).find((name) => name.endsWith('_ca.pem')) ?? ''
  return join(bench.folder, name)
}

const crlf = (path: string): string => readFileSync(path, 'utf8').replaceAll('\n', '\r\n')
const saved = (bench: ToolBench, ending: string): string =>
  join(bench.folder, readdirSync(bench.folder).find((name) => name.endsWith(ending) && !name.startsWith('0x')) ?? '')

for (const dialect of ['at-host', 'shell', 'serial-modem']) {
  withTool(
    `over ${dialect}, the unmodified installer installs and verifies a key born in the modem and one of the host, and sectag sees both`,
    long,
    async () => {
      const bench = await offeredBench('--seed', `utils ${dialect}`, '--dialect', dialect, '--baud', '0', '--active')
      const ca = await foundCa(bench)
      const born = await install(bench, '-d', '--verify', '--csv', 'onboard.csv')
      expect(born, born.out).toMatchObject({ exit: 0, out: expect.stringContaining('Credential verification: PASS') })
      const certificate = saved(bench, '_crt.pem')
      // TOOL-13: CR LF, the last one kept.
      expect(await bench.held(tag)).toEqual({
        0: amazonRoot,
        1: sha256Hex(utf8(crlf(certificate))),
        2: expect.stringMatching(/^[0-9A-F]{64}$/),
      })
      expect(output('openssl', ['verify', '-CAfile', ca, certificate])).toContain('OK')
      expect(readFileSync(join(bench.folder, 'onboard.csv'), 'utf8')).toContain('BEGIN CERTIFICATE')

      // KEY-20: without -d the key that is there stays (519), and the tool says so by its exit code.
      const before = await bench.held(tag)
      expect((await install(bench, '--csv', '')).exit).toBe(9)
      expect(await bench.held(tag)).toEqual(before)

      const host = await install(
        bench,
        '-d',
        '--verify',
        '--local-cert',
        '--id-str',
        'board-7',
        '--csv',
        'onboard.csv',
        '-a',
      )
      expect(host, host.out).toMatchObject({ exit: 0, out: expect.stringContaining('Credential verification: PASS') })
      expect(await bench.held(tag)).toMatchObject({
        1: sha256Hex(utf8(crlf(join(bench.folder, 'board-7_crt.pem')))),
        2: sha256Hex(utf8(crlf(join(bench.folder, 'board-7_prv.pem')))),
      })
      await bench.stop()
    },
  )
}

withTool(
  'gather_attestation_tokens and modem_credentials_parser read what the modem says of itself',
  long,
  async () => {
    const bench = ownBench()
    for (let turn = 0; turn < 2; turn++)
      expect(await bench.tool('gather_attestation_tokens', '--port', bench.path, '--plain')).toMatchObject({ exit: 0 })
    const rows = readFileSync(join(bench.folder, 'attestation_tokens.csv'), 'utf8').trim().split('\n')
    const [imei, uuid, token = ''] = (rows.at(-1) ?? '').split(',')
    expect([rows.length, imei, uuid]).toEqual([1, bench.modem.identity.imei, bench.modem.identity.uuid])
    expect(readAttestation(token).ok).toBe(true)
    const parsed = await bench.tool('modem_credentials_parser', '--attest', token, '--plain')
    expect(parsed).toMatchObject({ exit: 0, out: expect.stringContaining('nRF9151 LACA') })
    expect(parsed.out).toContain(bench.modem.identity.uuid)

    const proof = /"(.+)"/.exec(bench.modem.execute('AT%KEYGEN=77,2,0').text)?.[1] ?? ''
    const keygen = await bench.tool('modem_credentials_parser', '--keygen', proof, '--plain', '-s')
    expect(keygen).toMatchObject({ exit: 0, out: expect.stringContaining('COSE digest matches payload') })
    expect(readFileSync(join(bench.folder, `${uuid}_77_csr.pem`), 'utf8')).toContain('BEGIN CERTIFICATE REQUEST')
    await bench.stop()
  },
)

withTool('gather_attestation_tokens refuses an nRF9160, as it says it does', long, async () => {
  const bench = ownBench({ mfw: '1.3.5' })
  const argv = ['--port', bench.path, '--plain']
  expect(await bench.tool('gather_attestation_tokens', ...argv)).toMatchObject({
    exit: 1,
    out: expect.stringContaining('not supported'),
  })
  await bench.stop()
})

/** What stands in the way of the installer, and with which code it ends with and without `--verify` (TOOL-21). */
const obstacles: [
  what: string,
  dialect: Dialect,
  mfw: string,
  get: (bench: ReturnType<typeof ownBench>) => void,
  local: boolean,
  exits: [bare: number, verify: number],
][] = [
  [
    'low supply (528): without --verify it ends with 0 though nothing was written',
    { name: 'at-host' },
    '2.0.2',
    (bench) => {
      bench.modem.state.supply = 2800
    },
    true,
    [0, 12],
  ],
  [
    'a radio that the application switches on again (518), which makes no key',
    { name: 'at-host' },
    '2.0.2',
    (bench) => {
      bench.modem.inFront((text, answer) => {
        const reply = answer()
        if (text === 'AT+CFUN=4') bench.modem.execute('AT+CFUN=1')
        return reply
      })
    },
    false,
    [9, 9],
  ],
  [
    'a shell before NCS 2.8 and firmware that looks at what it stores (527)',
    { name: 'shell', unescapesLf: false },
    '2.0.2',
    () => {},
    true,
    [0, 12],
  ],
  [
    'a shell before NCS 2.8 and firmware that stores anything',
    { name: 'shell', unescapesLf: false },
    '1.3.5',
    () => {},
    true,
    [0, 12],
  ],
]

for (const [what, dialect, mfw, get, local, [bare, verify]] of obstacles) {
  withTool(`the installer fails as on hardware at ${what}`, long, async () => {
    const bench = ownBench({ dialect, mfw })
    await foundCa(bench)
    get(bench)
    const keys = local ? ['--local-cert', '--id-str', 'board-7'] : []
    expect((await install(bench, ...keys, '--csv', 'onboard.csv')).exit).toBe(bare)
    expect((await install(bench, ...keys, '--verify', '--csv', '')).exit).toBe(verify)
    const held = Object.values(await bench.held(tag))
    const whole = readdirSync(bench.folder).filter((name) => /board-7_(crt|prv)\.pem$/.test(name))
    for (const name of whole) expect(held).not.toContain(sha256Hex(utf8(crlf(join(bench.folder, name)))))
    await bench.stop()
  })
}
