import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'
import { readAttestation } from '../../src/identity/index.ts'
import { sha256Hex } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { testAuthority } from '../support/authority.ts'
import { findProgram, needs } from '../support/outside.ts'
import { type Running, start } from '../support/process.ts'
import { type Workbench, workbench } from '../support/workbench.ts'

const run = promisify(execFile)
const tool = findProgram('nrfcredstore', 'SECTAG_NRFCREDSTORE')
const withTool = needs('nrfcredstore (PyPI)', tool !== undefined)
const wrapper = new URL('nrfcredstore_on_pty.py', import.meta.url).pathname

let made: Workbench
let modem: Running
let path = ''
let imei = ''

beforeAll(async () => {
  made = await workbench()
  modem = start(['modem', '--pty', '--seed', 'nrfcredstore', '--active'])
  const match = await modem.prints(/^(\/dev\/\S+) {2}IMEI (\d{15})/m)
  path = match[1] ?? ''
  imei = match[2] ?? ''
})

afterAll(async () => {
  modem.child.kill('SIGTERM')
  await modem.ended
  made.clear()
})

/** The tool's own exit code and output; its Python is the one that it was installed for. */
async function nrfcredstore(...argv: string[]): Promise<{ exit: number; out: string }> {
  const python = join(dirname(tool ?? ''), 'python3')
  try {
    const { stdout, stderr } = await run(python, [wrapper, path, '--cmd-type', 'auto', ...argv], {
      cwd: made.folder,
      timeout: 120_000,
    })
    return { exit: 0, out: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { exit: code, out: stdout + stderr }
  }
}

async function sectag(...argv: string[]): Promise<{ exit: number | null; out: string }> {
  const running = start([...argv, '--port', path], {
    cwd: made.folder,
    env: { SECTAG_HOME: join(made.folder, 'home') },
  })
  return { exit: await running.ended, out: running.out() }
}

withTool(
  'unmodified nrfcredstore does imei, list, write and delete, and sectag sees what it wrote',
  { timeout: 300_000 },
  async () => {
    expect(await nrfcredstore('imei')).toMatchObject({ exit: 0, out: expect.stringContaining(imei) })
    const empty = await nrfcredstore('list')
    expect(empty.exit).toBe(0)
    expect(empty.out).toContain('NORDIC_ID_ROOT_CA')

    expect((await nrfcredstore('write', '42', 'ROOT_CA_CERT', 'root.crt')).exit).toBe(0)
    expect((await nrfcredstore('write', '42', 'CLIENT_CERT', 'board.crt')).exit).toBe(0)
    expect((await nrfcredstore('write', '42', 'CLIENT_KEY', 'board.key')).exit).toBe(0)

    const listed = await sectag('list', '--tag', '42', '--json')
    expect(listed.exit).toBe(0)
    // TOOL-14: the file without its trailing white space.
    for (const text of [made.paper.ca, made.paper.certificate, made.paper.key])
      expect(listed.out).toContain(sha256Hex(utf8(text.trimEnd())))
    const verified = await sectag(
      'verify',
      '--tag',
      '42',
      '--ca',
      'root.crt',
      '--cert',
      'board.crt',
      '--key',
      'board.key',
    )
    expect(verified.exit).toBe(0)
    expect(verified.out).toContain('same (LF, no last newline)')
    const theirs = await nrfcredstore('list', '--tag', '42')
    expect(theirs.out).toContain(sha256Hex(utf8(made.paper.ca.trimEnd())))

    expect((await nrfcredstore('delete', '42', 'CLIENT_KEY')).exit).toBe(0)
    const left = await sectag('list', '--tag', '42', '--json')
    expect(left.out.match(/"type":"held"/g)?.length).toBe(2)
    expect(left.out).not.toContain('"type":2')
  },
)

withTool(
  'nrfcredstore fails on what the modem refuses: bad PEM (527) and a missing item (513)',
  { timeout: 300_000 },
  async () => {
    made.file('bad.crt', 'hello')
    expect((await nrfcredstore('write', '43', 'ROOT_CA_CERT', 'bad.crt')).exit).not.toBe(0)
    expect((await nrfcredstore('delete', '43', 'PSK')).exit).not.toBe(0)
    const listed = await sectag('list', '--tag', '43', '--json')
    expect(listed.out).not.toContain('"type":"held"')
  },
)

withTool(
  'nrfcredstore leaves the radio off, even after a list; sectag list does not touch it (TOOL-06)',
  { timeout: 300_000 },
  async () => {
    const mode = async (): Promise<string | undefined> =>
      /"functionalMode":(\d+)/.exec((await sectag('info', '--json')).out)?.[1]
    await nrfcredstore('list')
    expect(await mode()).toBe('4')
    await sectag('list')
    expect(await mode()).toBe('4')
  },
)

withTool(
  'nrfcredstore generate and attoken work: our authority signs the request, and nrfcredstore writes the certificate',
  { timeout: 300_000 },
  async () => {
    const token = /Attestation token: (\S+)/.exec((await nrfcredstore('attoken')).out)?.[1] ?? ''
    const attested = readAttestation(token)
    expect((await nrfcredstore('generate', '51', 'board.csr')).exit).toBe(0)
    const { authority, issue } = await testAuthority()
    const request = Uint8Array.from(readFileSync(join(made.folder, 'board.csr')))
    const issued = await issue({ profile: 'device', request })
    expect(issued.certificate.subject).toBe(`CN=${attested.ok ? attested.value.deviceUuid : '?'}`)
    made.file('issued.crt', issued.chain)
    made.file('authority.crt', authority.rootPem)
    expect((await nrfcredstore('write', '51', 'CLIENT_CERT', 'issued.crt')).exit).toBe(0)
    expect((await nrfcredstore('write', '51', 'ROOT_CA_CERT', 'authority.crt')).exit).toBe(0)
    const held = await sectag('list', '--tag', '51', '--json')
    for (const text of [issued.chain, authority.rootPem]) expect(held.out).toContain(sha256Hex(utf8(text.trimEnd())))
    expect(held.out).toContain('"type":2')
    // KEY-20: a key is never made over another.
    expect((await nrfcredstore('generate', '51', 'again.csr')).exit).not.toBe(0)
  },
)
