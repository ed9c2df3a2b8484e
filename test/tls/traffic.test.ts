import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { alert, dial, gcmProfile, type TlsConnection, type TlsMaterial } from '../../src/tls/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { seededRandom, utf8 } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'
import { material, tlsPaper } from '../support/tls-paper.ts'
import { freePort } from '../support/mosquitto.ts'
import { nodeTls, plainTcp } from '../support/tls-servers.ts'

const call = (port: number, held: TlsMaterial, signal?: AbortSignal, patience = 10_000) =>
  dial({
    host: '127.0.0.1',
    port,
    profile: gcmProfile,
    material: held,
    knowsTime: true,
    clock: systemClock,
    patience,
    ...(signal !== undefined && { signal }),
  })

async function open(port: number): Promise<TlsConnection> {
  const { root, board } = await tlsPaper()
  const connected = await call(port, material(root, board))
  if (!connected.ok) throw new Error(JSON.stringify(connected.refusal))
  return connected.value
}

async function digestOf(stream: Duplex, bytes: number): Promise<string> {
  const hash = createHash('sha256')
  let seen = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk)
    seen += chunk.length
    if (seen >= bytes) return hash.digest('hex')
  }
  throw new Error(`only ${seen} bytes came`)
}

test('large payloads arrive whole in both directions, in records that the modem can take', async () => {
  const { server } = await tlsPaper()
  // Node may send records of up to 16 kB: a server for modems has to hold itself back.
  const echo = await nodeTls({ cert: server.pem, key: server.key }, (socket) => {
    socket.setMaxSendFragment(2048)
    socket.pipe(socket)
  })
  const payload = seededRandom('payload').bytes(scaled(8_000_000, 300_000))
  const { stream } = await open(echo.port)
  const back = digestOf(stream, payload.length)
  stream.write(payload)
  expect(await back).toBe(createHash('sha256').update(payload).digest('hex'))
  stream.destroy()
  await echo.stop()
})

test('M91 a record of more than 2,048 bytes from the server ends the connection with record_overflow (TLS-05, TLS-28)', async () => {
  const { server } = await tlsPaper()
  const big = await nodeTls({ cert: server.pem, key: server.key }, (socket) => void socket.write(new Uint8Array(2049)))
  const { stream, ended } = await open(big.port)
  stream.resume()
  expect(await ended).toMatchObject({ by: 'us', reason: 'record-too-large', sentAlert: alert.recordOverflow })
  await big.stop()
})

test('a server that goes away without a word, or with close_notify, is told apart', async () => {
  const { server } = await tlsPaper()
  const polite = await nodeTls({ cert: server.pem, key: server.key }, (socket) => void socket.end())
  const first = await open(polite.port)
  first.stream.resume()
  expect(await first.ended).toMatchObject({ by: 'peer', receivedAlert: 0 })
  await polite.stop()
  const rude = await nodeTls({ cert: server.pem, key: server.key }, (socket) => {
    socket.once('data', () => socket.destroy())
  })
  const second = await open(rude.port)
  second.stream.write(utf8('go'))
  second.stream.resume()
  expect((await second.ended).by).not.toBe('us')
  await rude.stop()
})

test('no listener, a plain port, a silent one and one that hangs up have a stage and a reason each', async () => {
  const { root, board } = await tlsPaper()
  const held = material(root, board)
  const refusal = async (port: number, patience?: number) => {
    const outcome = await call(port, held, undefined, patience)
    return outcome.ok ? undefined : outcome.refusal
  }
  expect(await refusal(await freePort())).toEqual({ stage: 'tcp', reason: 'refused' })
  const http = await plainTcp((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  expect(await refusal(http.port)).toMatchObject({ stage: 'hello', reason: 'not-tls' })
  await http.stop()
  const silent = await plainTcp(() => {})
  expect(await refusal(silent.port, 100)).toMatchObject({ stage: 'hello', reason: 'timeout' })
  await silent.stop()
  const rude = await plainTcp((socket) => void socket.once('data', () => socket.end()))
  expect(await refusal(rude.port)).toMatchObject({ stage: 'hello', reason: 'closed' })
  await rude.stop()
})

test('M89 without a readable root CA no socket is opened at all (TLS-11); texts that cannot be read fail there too (TLS-27)', async () => {
  const { root, board } = await tlsPaper()
  let connections = 0
  const server = await plainTcp((socket) => {
    connections++
    socket.destroy()
  })
  const whole = material(root, board)
  for (const [held, reason] of [
    [{ roots: [] }, 'no-root'],
    [material(undefined, board), 'no-root'],
    [{ ...whole, roots: [utf8('not a certificate')] }, 'unreadable-certificate'],
    [{ ...whole, chain: utf8(board.pem.replaceAll('\n', '')) }, 'unreadable-certificate'],
    [{ ...whole, key: utf8('-----BEGIN PRIVATE KEY-----') }, 'unreadable-key'],
  ] as const) {
    const outcome = await call(server.port, held)
    expect(outcome).toEqual({ ok: false, refusal: { stage: 'local', reason } })
  }
  expect(connections).toBe(0)
  await server.stop()
})

test('whatever a server sends instead of a handshake, the client ends with a value', async () => {
  const { root, board } = await tlsPaper()
  const random = seededRandom('fuzz')
  const fuzzer = await plainTcp((socket) => {
    socket.once('data', () => {
      const header = random.below(2) === 0 ? Uint8Array.of(22, 3, 3, 0, 1 + random.below(200)) : random.bytes(5)
      socket.end(Uint8Array.of(...header, ...random.bytes(200)))
    })
  })
  for (let round = 0; round < scaled(2000, 40); round++) {
    const outcome = await call(fuzzer.port, material(root, board))
    expect(outcome).toMatchObject({ ok: false, refusal: { stage: 'hello' } })
  }
  await fuzzer.stop()
})

test('an abort closes the socket, before the handshake is over and after', async () => {
  const { root, board, server } = await tlsPaper()
  const silent = await plainTcp((socket) => void socket.once('close', () => silentClosed.resolve()))
  const silentClosed = Promise.withResolvers<void>()
  const stop = new AbortController()
  const calling = call(silent.port, material(root, board), stop.signal)
  stop.abort()
  expect(await calling).toMatchObject({ ok: false, refusal: { reason: 'aborted' } })
  await silent.stop()
  const gone = Promise.withResolvers<void>()
  const real = await nodeTls({ cert: server.pem, key: server.key }, (socket) => void socket.once('close', gone.resolve))
  const { stream } = await open(real.port)
  stream.destroy()
  await once(stream, 'close')
  await gone.promise
  await real.stop()
})
