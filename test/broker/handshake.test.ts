import { X509Certificate } from 'node:crypto'
import { connect as tcp } from 'node:net'
import { type ConnectionOptions, connect, createServer, type TlsOptions } from 'node:tls'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type BrokerFiles, type Observed, readBrokerFiles } from '../../src/broker/index.ts'
import { type HandshakeObserver, newObserver, observe } from '../../src/broker/tls/handshake.ts'
import { emptyReader, readRecords } from '../../src/broker/tls/records.ts'
import { Watch } from '../../src/broker/watch.ts'
import { figure } from '../support/figures.ts'
import { type BrokerPaper, brokerPaper } from '../support/paper.ts'
import { scaled } from '../support/scale.ts'

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

type Passed = ['device' | 'broker', Uint8Array]

const seen = (passed: readonly Passed[]): ReturnType<typeof observe>['view'] =>
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

/** The same bytes in other pieces, in their order. */
function recut(passed: readonly Passed[], cuts: readonly number[]): Passed[] {
  let turn = 0
  return passed.flatMap(([from, bytes]) => {
    const pieces: Passed[] = []
    for (let at = 0; at < bytes.length; ) {
      const size = cuts[turn++ % cuts.length] ?? 1
      pieces.push([from, bytes.subarray(at, at + size)])
      at += size
    }
    return pieces
  })
}

/** What a witness tells of it. */
function told(passed: readonly Passed[]): Observed | undefined {
  let observed: Observed | undefined
  const tell = (one: Observed): void => void (observed = one)
  const files = (): BrokerFiles => readBrokerFiles({ roots: paper.root, revocations: false })
  const watch = new Watch({ begun: 1, peer: 'x', now: Date.now, files, tell })
  for (const [from, chunk] of passed) {
    watch.see(from, chunk)
    watch.settle()
  }
  watch.ended('broker')
  return observed
}

test('view and sighting are the same for any chunking, of a session and of refusals', async () => {
  const kinds = [
    await recorded({}, { cert: paper.board.chain, key: paper.board.key }),
    await recorded({}, {}),
    await recorded({ ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' }, { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }),
    await recorded({ maxVersion: 'TLSv1.3' }, { cert: paper.board.chain, key: paper.board.key, servername: 'a.test' }),
  ]
  for (const passed of kinds) {
    const whole = { view: seen(passed), sighting: told(passed) }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }), (cuts) => {
        const pieces = recut(passed, cuts)
        expect({ view: seen(pieces), sighting: told(pieces) }).toEqual(whole)
      }),
      { numRuns: scaled(1000) },
    )
  }
})

test('TLS 1.3 hides its handshake, and is told as unreadable and not as refused', async () => {
  const passed = await recorded({ maxVersion: 'TLSv1.3' }, { cert: paper.board.chain, key: paper.board.key })
  expect(told(passed)).toMatchObject({ handshake: 'unreadable' })
  expect(told(passed)?.refused).toBeUndefined()
})

test('the name that is asked for is read, and the suites that are offered', async () => {
  const view = seen(await recorded({}, { servername: 'broker.test', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }))
  expect(view.clientHello?.name).toBe('broker.test')
  expect(view.clientHello?.suites).toContain(0xc02b)
  expect(view.serverHello).toEqual({ version: 0x0303, suite: 0xc02b })
})

/** The octets that an observer keeps of a connection. */
function kept({ view, device, broker }: HandshakeObserver): number {
  const chains = [...view.serverChain, ...(view.clientChain ?? []), ...view.transcript]
  const parts = [...chains, device.partial, device.reader.rest, broker.partial, broker.reader.rest]
  return parts.reduce((sum, part) => sum + part.length, 0)
}

test('no bytes make the reader fail, nor keep more than 400 kB: mutated handshakes, and floods of messages', async () => {
  const passed = await recorded({}, { cert: paper.board.chain, key: paper.board.key })
  const spoil = fc.record({
    at: fc.nat({ max: 3000 }),
    with: fc.uint8Array({ maxLength: 40 }),
    cut: fc.nat({ max: 40 }),
    again: fc.nat({ max: 3 }),
  })
  const runs = scaled(100_000)
  let most = 0
  let judged = 0
  // Up to the certificate that the device shows; then the broker says no, so that the certificate is judged.
  const answer = passed.findLastIndex(([from]) => from === 'device')
  const begun = passed.slice(0, passed.findIndex(([from], at) => from === 'device' && at > 0 && at <= answer) + 1)
  const codes = fc.constantFrom(40, 42, 43, 45, 46, 48, 50, 51)
  fc.assert(
    fc.property(fc.array(spoil, { maxLength: 4 }), codes, (spoils, code) => {
      const alert: Passed = ['broker', Uint8Array.from([21, 3, 3, 0, 2, 2, code])]
      const spoiled = begun.map(([from, bytes]): Passed => {
        const parts = spoils.reduce((whole, { at, with: other, cut, again }) => {
          const from = whole.length === 0 ? 0 : at % whole.length
          return Buffer.concat([whole.subarray(0, from), ...Array(again).fill(other), whole.subarray(from + cut)])
        }, Buffer.from(bytes))
        return [from, parts]
      })
      const observer = spoiled.reduce((state, [from, chunk]) => observe(state, from, chunk), newObserver)
      most = Math.max(most, kept(observer))
      const refused = told([...spoiled, alert])?.refused
      if (refused?.alert === code) judged++
    }),
    { numRuns: runs },
  )
  // As much as can be: certificates as long as they may be, in both directions, and then no end.
  for (const size of [0, 1, 40, 16_000]) {
    const body = Buffer.concat([Buffer.from([11, 0, size >> 8, size & 0xff]), Buffer.alloc(size)])
    const record = Buffer.concat([Buffer.from([22, 3, 3, body.length >> 8, body.length & 0xff]), body])
    let observer = newObserver
    for (let count = 0; count < 5000; count++)
      for (const from of ['device', 'broker'] as const) observer = observe(observer, from, record)
    expect(observer.view.tls).toBe(false)
    most = Math.max(most, kept(observer))
  }
  expect(most).toBeLessThan(400_000)
  expect(judged).toBeGreaterThan(runs / 20)
  figure('fuzz-handshake', { mutated: runs, judgedByTheirCertificates: judged, failures: 0, mostOctetsKept: most })
}, 900_000)

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
