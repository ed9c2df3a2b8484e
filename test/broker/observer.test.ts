import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Observer, type ObserverOptions } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import type { Clock } from '../../src/terms/index.ts'
import { plainTcp } from '../support/tls-servers.ts'
import { firstSighting } from '../support/witnessed.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** A clock on which a wait is over when the test says so. */
function steppedClock(): Clock & { over(): Promise<void> } {
  const asked = Promise.withResolvers<() => void>()
  return {
    now: systemClock.now,
    sleep: () => new Promise((resolve) => asked.resolve(resolve)),
    over: async () => (await asked.promise)(),
  }
}

/** Resolves when a connection is gone, in whatever way. */
function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

/** An observer in front of a server that keeps what it hears, and one that connects to it. */
async function inFront(options: Partial<ObserverOptions> = {}) {
  let heard = Buffer.alloc(0)
  const arrived = Promise.withResolvers<void>()
  const server = await plainTcp((socket) => {
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk])
      arrived.resolve()
    })
  })
  close.push(() => server.stop())
  const place = { host: '127.0.0.1', port: server.port }
  const observer = await Observer.start({
    clock: systemClock,
    listen: { host: '127.0.0.1', port: 0 },
    broker: place,
    ...options,
  })
  close.push(() => observer.close())
  const dial = async (): Promise<Socket> => {
    const socket = connect(observer.port, '127.0.0.1').on('error', () => {})
    close.push(() => socket.destroy())
    await once(socket, 'connect')
    return socket
  }
  return { observer, dial, heard: () => heard.toString('latin1'), arrived: arrived.promise }
}

const plainMqtt = '\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c'

test('what is no TLS is cut before the broker hears a byte of it', async () => {
  const { observer, dial, heard } = await inFront()
  const socket = await dial()
  const ended = gone(socket)
  socket.write(plainMqtt, 'latin1')
  expect(await firstSighting(observer)).toMatchObject({
    handshake: 'none',
    refused: { by: 'witness', reason: 'not-tls' },
  })
  await ended
  expect(heard()).toBe('')
})

test('failing open, it passes on what is no TLS, and says that it could not read it', async () => {
  const { observer, dial, heard, arrived } = await inFront({ failOpen: true })
  const socket = await dial()
  socket.write(plainMqtt, 'latin1')
  const sighting = await firstSighting(observer)
  expect(sighting.handshake).toBe('unreadable')
  expect(sighting.refused).toBeUndefined()
  await arrived
  expect(heard()).toBe(plainMqtt)
})

test('whoever connects and says nothing is cut after a while', async () => {
  const clock = steppedClock()
  const { observer, dial } = await inFront({ clock })
  const socket = await dial()
  // A beginning of which the rest never comes.
  socket.write(Buffer.from([22, 3, 1, 0x02, 0x00, 1]))
  const ended = gone(socket)
  await clock.over()
  expect(await firstSighting(observer)).toMatchObject({
    handshake: 'none',
    refused: { by: 'witness', reason: 'stalled' },
  })
  await ended
})

test('failing open, a handshake that takes too long is let be, and no longer watched', async () => {
  const clock = steppedClock()
  const { observer, dial, heard, arrived } = await inFront({ clock, failOpen: true })
  const socket = await dial()
  await clock.over()
  expect((await firstSighting(observer)).handshake).toBe('unreadable')
  socket.write('later')
  await arrived
  expect(heard()).toBe('later')
})

test('more handshakes at once than are watched are cut, or passed on unseen, and the others are watched on', async () => {
  for (const failOpen of [false, true]) {
    const { observer, dial } = await inFront({ most: 2, failOpen })
    const [first] = [await dial(), await dial()]
    const third = await dial()
    const ended = gone(third)
    const sighting = await firstSighting(observer)
    expect(sighting).toMatchObject(failOpen ? { handshake: 'unreadable' } : { refused: { reason: 'overload' } })
    if (!failOpen) await ended
    first.destroy()
    expect(await firstSighting(observer)).toMatchObject({ refused: { by: 'device', reason: 'left' } })
    // There is room again.
    const fourth = await dial()
    fourth.end(plainMqtt, 'latin1')
    const told = await firstSighting(observer)
    expect(told).toMatchObject(failOpen ? { handshake: 'unreadable' } : { refused: { reason: 'not-tls' } })
  }
})
