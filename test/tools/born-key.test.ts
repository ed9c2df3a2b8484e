import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { VirtualBoard } from '../../src/board/index.ts'
import { ownBroker } from '../support/in-front.ts'
import { needs } from '../support/outside.ts'
import { nrfcredstore, ownBench } from '../support/nordic-tools.ts'
import { quickClock } from '../support/virtual-board.ts'

const withTool = needs('nrfcredstore (PyPI)', nrfcredstore !== undefined)
const tag = 51

withTool(
  'a key made by nrfcredstore, certified by our authority and written by nrfcredstore, is proven by a session of the board',
  { timeout: 300_000 },
  async () => {
    const bench = ownBench({ mfw: '1.3.5' })
    const { modem, folder } = bench
    const env = { SECTAG_HOME: join(folder, 'home'), SECTAG_CA_PASSPHRASE: 'correct horse battery' }
    const done = async (...argv: string[]): Promise<void> =>
      expect(await bench.run(argv, { env })).toMatchObject({ exit: 0 })
    const credstore = async (...argv: string[]): Promise<void> =>
      expect(await bench.tool('nrfcredstore', bench.path, '--cmd-type', 'auto', ...argv)).toMatchObject({ exit: 0 })

    await done('ca', 'init', '--name', 'fleet')
    copyFileSync(join(folder, 'home', 'ca', 'root.crt'), join(folder, 'root.crt'))
    await credstore('generate', String(tag), 'board.csr')
    await done('ca', 'issue', '--profile', 'device', '--request', 'board.csr', '--out', 'board.crt')
    await credstore('write', String(tag), 'ROOT_CA_CERT', 'root.crt')
    await credstore('write', String(tag), 'CLIENT_CERT', 'board.crt')

    await done(
      'ca',
      'issue',
      '--profile',
      'server',
      '--name',
      'localhost',
      '--new-key',
      'server.key',
      '--out',
      'server.crt',
    )
    let board: VirtualBoard | undefined
    const watched = await bench.run(['watch', '--listen', '0', '--cert', 'board.crt', ...ownBroker], {
      env,
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
    await bench.stop()
    expect(watched.out).toMatch(/^PASS {2}The broker accepted a session with CN=/m)
    expect(watched.exit).toBe(0)
  },
)
