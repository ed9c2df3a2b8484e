import { X509Certificate } from 'node:crypto'
import { connect as tcp } from 'node:net'
import { type ConnectionOptions, connect, createServer, type TlsOptions } from 'node:tls'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { newObserver, observe } from '../../src/broker/tls/handshake.ts'
import { emptyReader, readRecords } from '../../src/broker/tls/records.ts'
import { type BrokerPaper, brokerPaper } from '../support/paper.ts'

let paper: BrokerPaper
beforeAll(async () => {
  paper = await brokerPaper()
})

/** What really passed over the wire, in its order, of one handshake between Node's client and server. */
async function recorded(server: TlsOptions, client: ConnectionOptions): Promise<['device' | 'broker', Buffer][]> {
  const passed: ['device' | 'broker', Buffer][] = []
  const far = createServer({
    cert: paper.server.chain,
    key: paper.server.key,
    ca: paper.root,
    requestCert: true,
    maxVersion: 'TLSv1.2',
    ...server,
  })
  far.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve))
  const { port } = far.address() as { port: number }
  const { createServer: createTcp } = await import('node:net')
  const near = createTcp((socket) => {
    const onward = tcp(port, '127.0.0.1')
    socket.on('data', (chunk: Buffer) => passed.push(['device', chunk]) && onward.write(chunk))
    onward.on('data', (chunk: Buffer) => passed.push(['broker', chunk]) && socket.write(chunk))
    for (const end of [socket, onward]) end.on('error', () => {})
    socket.once('close', () => onward.destroy())
    onward.once('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => near.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => {
    const socket = connect(
      { port: (near.address() as { port: number }).port, host: '127.0.0.1', rejectUnauthorized: false, ...client },
      () => socket.end(),
    )
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.once('close', () => resolve())
  })
  far.close()
  near.close()
  return passed
}

const fingerprint = (certificate: Uint8Array | string | undefined): string =>
  new X509Certificate(certificate ?? '').fingerprint256

const seen = (passed: readonly ['device' | 'broker', Uint8Array][]): ReturnType<typeof observe>['view'] =>
  passed.reduce((observer, [from, chunk]) => observe(observer, from, chunk), newObserver).view

test('a full handshake shows both chains, and that the device used its key', async () => {
  const view = seen(await recorded({}, { cert: paper.board.chain, key: paper.board.key }))
  expect(view).toMatchObject({ tls: true, serverHello: { version: 0x0303 }, certificateAsked: true, finished: true })
  expect(fingerprint(view.clientChain?.[0])).toBe(fingerprint(paper.board.chain))
  expect(fingerprint(view.serverChain[0])).toBe(fingerprint(paper.server.chain))
})

test('a device without a certificate shows an empty chain', async () => {
  expect(seen(await recorded({}, {})).clientChain).toEqual([])
})

test('a refusal is seen as an alert in clear, and who sent it', async () => {
  const view = seen(
    await recorded({ ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' }, { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }),
  )
  expect(view).toMatchObject({ finished: false, alert: { by: 'broker', code: 40 } })
})

test('the view is the same for any chunking', async () => {
  const passed = await recorded({}, { cert: paper.board.chain, key: paper.board.key })
  const whole = seen(passed)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), (size) => {
      const chunks = passed.flatMap(([from, chunk]) =>
        Array.from(
          { length: Math.ceil(chunk.length / size) },
          (_, at) => [from, chunk.subarray(at * size, (at + 1) * size)] as ['device' | 'broker', Buffer],
        ),
      )
      expect(seen(chunks)).toEqual(whole)
    }),
    { numRuns: 40 },
  )
})

test('what is no TLS is known at once, and no bytes make the reader fail or keep more than a record', () => {
  expect(seen([['device', Buffer.from('\x10\x0c\x00\x04MQTT')]]).tls).toBe(false)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('device' as const, 'broker' as const), fc.uint8Array({ maxLength: 400 }))),
      (passed) => {
        seen(passed)
        const { reader } = passed.reduce((state, [, chunk]) => readRecords(state.reader, chunk), {
          reader: emptyReader,
          records: [],
        } as ReturnType<typeof readRecords>)
        expect(reader.rest.length).toBeLessThan(20_000)
      },
    ),
  )
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (body) => {
      const record = Buffer.concat([Buffer.from([22, 3, 3, body.length >> 8, body.length & 0xff]), body])
      seen([
        ['broker', record],
        ['device', record],
      ])
    }),
  )
})
