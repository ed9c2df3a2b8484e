import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Channel, commands, type Port } from '../../src/at/index.ts'
import { makePty, offerTcp, openPort, parseAddress, type Pty, systemClock } from '../../src/port/index.ts'
import { bytesOf } from '../../src/terms/index.ts'
import { personality, AtHost, VirtualModem } from '../../src/virtual/index.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

function board(): VirtualModem {
  const line = personality('2.0.2')
  if (line === undefined) throw new Error('no such firmware')
  return new VirtualModem({ personality: line, clock: systemClock, seed: 'port' })
}

function ptyBoard(): { modem: VirtualModem; pty: Pty } {
  const modem = board()
  const pty = makePty()
  open.push(() => pty.close())
  void new AtHost(modem, { clock: systemClock }).serve(pty.port)
  return { modem, pty }
}

async function opened(address: string, backend: 'serialport' | 'tty' = 'serialport'): Promise<Port> {
  const port = await openPort(address, { backend }, systemClock)
  if (!port.ok) throw new Error(port.refusal.text)
  return port.value
}

const backends = ['serialport', 'tty'] as const

test.each(backends)(
  '%s: a PTY opened by its path carries an AT dialogue, and again after it was closed',
  async (backend) => {
    const { modem, pty } = ptyBoard()
    for (let round = 0; round < 3; round++) {
      const channel = new Channel(await opened(pty.path, backend), { clock: systemClock })
      expect(await channel.send(commands.cgsn, undefined)).toEqual({ ok: true, value: modem.identity.imei })
      await channel.close()
      expect(await channel.closed).toBe('closed')
    }
  },
)

test.each(backends)(
  '%s: a board that is unplugged is noticed, with an exchange under way or without',
  async (backend) => {
    const { pty } = ptyBoard()
    const channel = new Channel(await opened(pty.path, backend), { clock: systemClock })
    expect((await channel.send(commands.at, undefined)).ok).toBe(true)
    pty.close()
    expect(await channel.closed).toBe('unplugged')
    expect(await channel.send(commands.at, undefined)).toEqual({ ok: false, refusal: { kind: 'unplugged' } })
  },
)

test.each(backends)('%s: a port that somebody has open is busy, by name', async (backend) => {
  const { pty } = ptyBoard()
  const first = await opened(pty.path, backend)
  const second = await openPort(pty.path, { backend }, systemClock)
  expect(second).toMatchObject({ ok: false, refusal: { code: 'busy', address: pty.path } })
  await first.writable.close()
  const third = await opened(pty.path, backend)
  await third.writable.close()
})

test.each(backends)('%s: a port that is not there is told from one that is busy', async (backend) => {
  expect(await openPort('/dev/ttyACM999', { backend }, systemClock)).toMatchObject({
    ok: false,
    refusal: { code: 'no-such-port' },
  })
})

test.each(backends)('%s: every byte passes unchanged both ways', async (backend) => {
  const pty = makePty()
  open.push(() => pty.close())
  const host = await opened(pty.path, backend)
  const all = bytesOf(Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join(''))
  for (const [from, to] of [
    [host, pty.port],
    [pty.port, host],
  ] as const) {
    const writer = from.writable.getWriter()
    const reader = to.readable.getReader()
    await writer.write(all)
    const got: number[] = []
    while (got.length < 256) got.push(...((await reader.read()).value ?? []))
    expect(got).toEqual([...all])
    writer.releaseLock()
    reader.releaseLock()
  }
  await host.writable.close()
})

test('a TCP port carries an AT dialogue, its second caller is turned away, and its end is noticed', async () => {
  const modem = board()
  const server = await offerTcp('127.0.0.1', 0, (port) => new AtHost(modem, { clock: systemClock }).serve(port))
  const channel = new Channel(await opened(`tcp://127.0.0.1:${server.port}`), { clock: systemClock })
  expect(await channel.send(commands.cgsn, undefined)).toEqual({ ok: true, value: modem.identity.imei })
  // Another sectag is told by the lock; somebody else's program by the server.
  expect(await openPort(`tcp://127.0.0.1:${server.port}`, {}, systemClock)).toMatchObject({ refusal: { code: 'busy' } })
  const stranger = connect(server.port, '127.0.0.1')
  await new Promise((resolve) => stranger.once('close', resolve))
  await server.close()
  expect(await channel.closed).toBe('unplugged')
})

test('a TCP port where nothing listens is refused', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  expect(await openPort(`tcp://127.0.0.1:${port}`, {}, systemClock)).toMatchObject({
    ok: false,
    refusal: { code: 'refused' },
  })
})

test('a virtual port is a board inside this process', async () => {
  const channel = new Channel(await opened('virtual:?mfw=1.0.0&seed=7'), { clock: systemClock })
  expect(await channel.send(commands.cgmr, undefined)).toEqual({ ok: true, value: 'mfw_nrf9160_1.0.0' })
  await channel.close()
  expect(await openPort('virtual:?mfw=9.9.9', {}, systemClock)).toMatchObject({
    ok: false,
    refusal: { code: 'unknown-address' },
  })
  expect(await openPort('virtual:?color=red', {}, systemClock)).toMatchObject({
    ok: false,
    refusal: { code: 'unknown-address' },
  })
})

const addresses: [string, ReturnType<typeof parseAddress>][] = [
  ['/dev/ttyACM0', { kind: 'serial', path: '/dev/ttyACM0' }],
  ['COM5', { kind: 'serial', path: 'COM5' }],
  ['serial:/dev/ttyUSB1', { kind: 'serial', path: '/dev/ttyUSB1' }],
  ['pty:/dev/pts/3', { kind: 'pty', path: '/dev/pts/3' }],
  ['usb:960123456', { kind: 'usb', serialNumber: '960123456', interface: 0 }],
  ['usb:960123456.2', { kind: 'usb', serialNumber: '960123456', interface: 2 }],
  ['tcp://bench:5000', { kind: 'tcp', host: 'bench', port: 5000 }],
  ['tcp://[::1]:5000?baud=9600', { kind: 'tcp', host: '::1', port: 5000, baud: 9600 }],
  ['tcp://localhost:19021?rtt=0', { kind: 'tcp', host: 'localhost', port: 19021, rtt: 0 }],
  ['tcp://localhost:19021?rtt=1&baud=115200', { kind: 'tcp', host: 'localhost', port: 19021, rtt: 1, baud: 115_200 }],
  ['tcp://localhost:19021?rtt=terminal', undefined],
  ['tcp://localhost:19021?rtt=100', undefined],
  ['tcp://localhost:19021?rtt=$$', undefined],
  ['tcp://bench:5000?speed=9600', undefined],
  ['tcp://bench:5000?baud=0', undefined],
  ['', undefined],
  ['tcp://bench', undefined],
  ['tcp://bench:99999', undefined],
  ['ftp://bench:21', undefined],
  ['usb:', undefined],
]

test.each(addresses)('the address %s is read as it is meant', (text, expected) => {
  expect(parseAddress(text)).toEqual(expected)
})

test.runIf(existsSync('/proc/self/fd'))('a closed port leaves no descriptor of it open', async () => {
  const { readdirSync, readlinkSync } = await import('node:fs')
  const { pty } = ptyBoard()
  const openOnes = (): number =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === pty.path
      } catch {
        return false
      }
    }).length
  const before = openOnes()
  for (const backend of backends) {
    const port = await opened(pty.path, backend)
    await port.writable.close()
    await port.closed
  }
  await expect.poll(openOnes, { timeout: 5000 }).toBe(before)
})
