import { chmodSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type BrokerDesk, brokerDesk, embedded, filesOf } from '../support/broker-desk.ts'
import { freePort, type MosquittoFiles, mosquittoProgram, startMosquitto } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { refusedCases } from '../support/refused-paper.ts'
import { tlsPaper } from '../support/tls-paper.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function bench(): Promise<BrokerDesk> {
  const made = await brokerDesk()
  close.push(() => made.clear())
  return made
}

async function broker(more: Pick<MosquittoFiles, 'plain' | 'version' | 'more'> = {}): Promise<number> {
  const { root, server } = (await bench()).paper
  const running = await startMosquitto({ ca: root, chain: server.chain, key: server.key, ...more })
  close.push(() => running.stop())
  return running.port
}

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

onMosquitto('a good rehearsal says REHEARSED and UNKNOWN, and never PASS', async () => {
  const port = await broker()
  const made = await bench()
  const ran = await made.run(['rehearse', `localhost:${port}`, ...filesOf()])
  expect(ran).toMatchObject({ exit: 0 })
  expect(ran.out).toMatch(/REHEARSED .*Nothing was published/)
  expect(ran.out).toMatch(/UNKNOWN: this was not the board/)
  expect(ran.out + ran.err).not.toMatch(/PASS/)
  const { result } = await made.run(['rehearse', `localhost:${port}`, ...filesOf(), '--json'])
  expect(result).toMatchObject({ exit: 0, proof: 'rehearsed', verdict: 'UNKNOWN' })
})

interface Scene {
  readonly name: string
  readonly port: () => Promise<number>
  readonly args?: string[]
  readonly exit: number
  readonly says: RegExp
}

const scenes: Scene[] = [
  { name: 'no listener', port: freePort, exit: 1, says: /nobody listens there/ },
  { name: 'a plain port', port: () => broker({ plain: true }), exit: 5, says: /MQTT without TLS/ },
  {
    name: 'an unknown server CA',
    port: () => broker(),
    args: filesOf('board', 'foreign-root'),
    exit: 5,
    says: /does not lead to the root CA/,
  },
  {
    name: 'a host-name mismatch',
    port: () => broker(),
    args: [...filesOf(), '--name', 'elsewhere.example.com'],
    exit: 5,
    says: /is for another name[^]*^next {3}openssl s_client -connect localhost:\d+ -servername elsewhere\.example\.com .* -ext subjectAltName$/m,
  },
  {
    name: 'a refused client certificate',
    port: () => broker(),
    args: filesOf('foreign'),
    exit: 5,
    says: /refused the client certificate.*alert 48/,
  },
  {
    name: 'an expired client certificate',
    port: () => broker(),
    args: filesOf('expired'),
    exit: 5,
    says: /has expired, and the broker says so.*alert 45/,
  },
  {
    name: 'no common suite',
    port: () => broker({ more: ['ciphers AES256-SHA'] }),
    exit: 5,
    says: /no cipher suite in common.*alert 40/,
  },
  {
    name: 'TLS 1.3 only',
    port: () => broker({ version: 'tlsv1.3' }),
    exit: 5,
    says: /does not speak TLS 1\.2.*alert 70/,
  },
  {
    name: 'no client certificate where one is wanted',
    port: () => broker(),
    args: ['--tag', '16842753', '--ca', 'root.crt'],
    exit: 5,
    says: /wants a client certificate/,
  },
]

for (const { name, port, args, exit, says } of scenes) {
  onMosquitto(`${name} is told from all else, with its next command`, async () => {
    const ran = await (await bench()).run(['rehearse', `localhost:${await port()}`, ...(args ?? filesOf())])
    expect(ran.err).toMatch(says)
    expect(ran).toMatchObject({ exit, out: '' })
    expect(ran.err).toMatch(/^next {3}\S/m)
  })
}

onMosquitto(
  'a certificate that is good is not called expired when the list of the broker is, nor foreign when it is revoked',
  async () => {
    const { server } = await tlsPaper()
    const words: Record<string, RegExp> = {
      expired: /certificate has expired, and the broker says so.*alert 45[^]*^next {3}sectag ca renew /m,
      'stale CRL': /refused the client certificate.*alert 45[^]*^why .*the broker's revocation list has/m,
      revoked: /refused the client certificate.*alert 44[^]*^why .*it was revoked/m,
      'unknown CA with the name of a known one': /refused the client certificate.*alert 51[^]*^why .*another CA/m,
    }
    for (const { title, crl, board } of await refusedCases()) {
      const said = words[title]
      if (said === undefined) continue
      const made = await bench()
      chmodSync(made.folder, 0o755)
      const texts = { 'root.crt': board.root, 'b.crt': board.chain ?? '', 'b.key': board.key ?? '', 'b.crl': crl ?? '' }
      for (const [name, text] of Object.entries(texts)) writeFileSync(join(made.folder, name), text)
      const more = crl === undefined ? [] : [`crlfile ${join(made.folder, 'b.crl')}`]
      const running = await startMosquitto({ ca: board.root, chain: server.pem, key: server.key, more })
      close.push(() => running.stop())
      const files = ['--tag', '16842753', '--ca', 'root.crt', '--cert', 'b.crt', '--key', 'b.key']
      const ran = await made.run(['rehearse', `127.0.0.1:${running.port}`, '--name', 'broker.test', ...files])
      expect(ran.exit, `${title}: ${ran.err}`).toBe(5)
      expect(ran.err, title).toMatch(said)
    }
  },
)

test('what does not speak TLS at all is said to be another service', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).end('220 mail\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close.push(() => server.close())
  const { port } = server.address() as { port: number }
  const ran = await (await bench()).run(['rehearse', `127.0.0.1:${port}`, ...filesOf()])
  expect(ran).toMatchObject({ exit: 5 })
  expect(ran.err).toMatch(/does not speak TLS/)
})

test('no place, no files, and a manifest as second argument are read as they are meant', async () => {
  const made = await bench()
  const broker = await embedded(made.paper)
  close.push(() => broker.close())
  expect((await made.run(['rehearse', '8883', ...filesOf()])).err).toMatch(/8883 is no place of a broker/)
  expect((await made.run(['rehearse', `127.0.0.1:${broker.port}`])).exit).toBe(2)
  made.file(
    'manifest.yaml',
    'sectag: 1\ntags:\n  - tag: 7\n    ca: root.crt\n    certificate: board.crt\n    key: board.key\n',
  )
  expect(await made.run(['rehearse', `127.0.0.1:${broker.port}`, 'manifest.yaml'])).toMatchObject({ exit: 0 })
})
