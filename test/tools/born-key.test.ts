import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { VirtualBoard } from '../../src/board/index.ts'
import { makePty, systemClock } from '../../src/port/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { caDesk } from '../support/ca-desk.ts'
import { findProgram, needs } from '../support/outside.ts'
import { quickClock } from '../support/virtual-board.ts'

const tool = findProgram('nrfcredstore', 'SECTAG_NRFCREDSTORE')
const withTool = needs('nrfcredstore (PyPI)', tool !== undefined)
const wrapper = new URL('nrfcredstore_on_pty.py', import.meta.url).pathname
const run = promisify(execFile)
const tag = 51

withTool(
  'a key made by nrfcredstore, certified by our authority and written by nrfcredstore, is proven by a session of the board',
  { timeout: 300_000 },
  async () => {
    const made = await caDesk()
    const line = personality('1.3.5')
    if (line === undefined) throw new Error('mfw 1.3.5 is gone')
    const modem = new VirtualModem({ personality: line, clock: quickClock, seed: 'nrfcredstore-story' })
    const pty = makePty()
    void new AtHost(modem, { clock: systemClock, baud: 115_200 }).serve(pty.port)
    const nrfcredstore = (...argv: string[]): Promise<unknown> =>
      run(join(dirname(tool ?? ''), 'python3'), [wrapper, pty.path, '--cmd-type', 'auto', ...argv], {
        cwd: made.folder,
        timeout: 120_000,
      })

    await nrfcredstore('generate', String(tag), 'board.csr')
    const device = ['--profile', 'device', '--request', 'board.csr', '--out', 'board.crt']
    expect(await made.run(['ca', 'issue', ...device])).toMatchObject({ exit: 0 })
    writeFileSync(made.path('root.crt'), made.files.rootCertificate)
    await nrfcredstore('write', String(tag), 'ROOT_CA_CERT', 'root.crt')
    await nrfcredstore('write', String(tag), 'CLIENT_CERT', 'board.crt')

    const server = ['--profile', 'server', '--name', 'localhost', '--new-key', 'server.key', '--out', 'server.crt']
    expect(await made.run(['ca', 'issue', ...server])).toMatchObject({ exit: 0 })
    const broker = ['--server-cert', 'server.crt', '--server-key', 'server.key', '--client-ca', 'root.crt']
    let board: VirtualBoard | undefined
    const watched = await made.run(['watch', '--listen', '0', '--cert', 'board.crt', ...broker], {
      out: (text) => {
        const port = /Listening at 127\.0\.0\.1:(\d+)/.exec(text)?.[1]
        if (port === undefined) return
        board = new VirtualBoard({
          modem,
          material: (tags) => modem.tlsMaterial(tags),
          clock: quickClock,
          sdk: '2.6.0',
          libc: 'newlib',
          broker: { host: '127.0.0.1', port: Number(port), name: 'localhost' },
          tag,
          clientId: 'made-by-nrfcredstore',
          phone: '+491700000051',
          sendSms: () => {},
          patience: 1_000_000,
        })
        void board.boot()
      },
    })
    await board?.halt()
    pty.close()
    expect(watched.out).toMatch(/^PASS {2}The broker accepted a session with CN=/m)
    expect(watched.exit).toBe(0)
    expect(readFileSync(made.path('board.csr')).length).toBeGreaterThan(200)
    made.clear()
  },
)
