import { expect, test } from 'vitest'
import { caDesk } from '../support/ca-desk.ts'
import { attempt } from '../support/mqtt-client.ts'
import { watching } from '../support/watching.ts'
import { readFileSync } from 'node:fs'

test('watch --crl takes a list of the issuing CA alone: it refuses who is in it by name, and says PASS of who is not', async () => {
  const made = await caDesk()
  made.file('root.crt', made.files.rootCertificate)
  const key = (name: string): string[] => ['--new-key', `${name}.key`, '--out', `${name}.crt`]
  await made.run(['ca', 'issue', '--profile', 'server', '--name', 'localhost', ...key('server')])
  for (const name of ['good', 'bad'])
    await made.run(['ca', 'issue', '--profile', 'device', '--subject', name, ...key(name)])
  await made.run(['ca', 'revoke', '--cert', 'bad.crt'])
  await made.run(['ca', 'crl', '--out', 'boards.crl'])
  const read = (name: string): string => readFileSync(made.path(name), 'utf8')
  const own = [
    '--server-cert',
    'server.crt',
    '--server-key',
    'server.key',
    '--client-ca',
    'root.crt',
    '--crl',
    'boards.crl',
  ]
  const watched = await watching(made, [...own, '--cert', 'good.crt', '--json'], async ({ port }) => {
    for (const name of ['bad', 'good']) {
      const { connack, socket } = await attempt(port, name, { cert: read(`${name}.crt`), key: read(`${name}.key`) })
      socket.destroy()
      expect(connack, name).toBe(name === 'bad' ? 5 : 0)
    }
  })
  const first = watched.events.find(({ type }) => type === 'sighting')
  expect(first).toMatchObject({ certificate: { subject: 'CN=bad' }, refused: { reason: 'client-revoked' } })
  expect(watched.result).toMatchObject({ verdict: 'PASS', proof: 'session' })
  made.file('spoiled.crl', 'spoiled')
  const spoiled = await made.run(['watch', '--listen', '0', ...own.slice(0, -1), 'spoiled.crl', '--cert', 'good.crt'])
  expect(spoiled.err).toContain('no list of revoked certificates that can be read')
  expect(spoiled.exit).toBe(2)
  made.clear()
})
