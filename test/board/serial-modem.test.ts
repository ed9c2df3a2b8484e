import { afterEach, expect, test } from 'vitest'
import { serialModemMqtt } from '../../src/board/index.ts'
import { proves, type Sighting } from '../../src/broker/index.ts'
import { Channel, commands } from '../../src/at/index.ts'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Aedes } from 'aedes'
import { offerTcp, openPort, systemClock } from '../../src/port/index.ts'
import { AtHost, isRegistered, personality, VirtualModem } from '../../src/virtual/index.ts'
import { ownBroker } from '../support/in-front.ts'
import { brokerDesk, type BrokerDesk, embedded, filesOf } from '../support/broker-desk.ts'
import { quickClock } from '../support/virtual-board.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** A board that is reachable by AT only: a Serial Modem on a TCP port, its modem on the network. */
async function board(): Promise<{ modem: VirtualModem; port: string; channel: () => Promise<Channel> }> {
  const line = personality('2.0.2')
  if (line === undefined) throw new Error('no such firmware')
  const modem = new VirtualModem({ personality: line, clock: quickClock, seed: 'serial modem' })
  modem.execute('AT+CFUN=1')
  const openMqtt = serialModemMqtt({ modem, clock: quickClock, patience: 500_000 })
  const host = new AtHost(modem, { clock: quickClock, dialect: { name: 'serial-modem', openMqtt } })
  const server = await offerTcp('127.0.0.1', 0, (port) => host.serve(port))
  close.push(() => server.close())
  const port = `tcp://127.0.0.1:${server.port}`
  return {
    modem,
    port,
    channel: async () => {
      const opened = await openPort(port, { flow: 'none', backend: 'serialport' }, systemClock)
      if (!opened.ok) throw new Error('the port is gone')
      const channel = new Channel(opened.value, { clock: systemClock })
      close.push(() => channel.close())
      return channel
    },
  }
}

async function desk(): Promise<BrokerDesk> {
  const made = await brokerDesk()
  close.push(() => made.clear())
  return made
}

async function next(sightings: AsyncIterable<Sighting>): Promise<Sighting> {
  for await (const sighting of sightings) return sighting
  throw new Error('nothing was seen')
}

/** A command that the host has no codec for; it must be answered OK. */
async function say(channel: Channel, text: string): Promise<void> {
  const request = { format: () => text.slice(2), parse: () => {} }
  const outcome = await channel.send({ ...commands.at, request }, undefined)
  expect(outcome.ok, text).toBe(true)
}

/** Waits until the modem has found its network. */
async function online(modem: VirtualModem): Promise<void> {
  while (!isRegistered(modem.state)) await quickClock.sleep(100)
}

const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256.replaceAll(':', '')
const tag = 16_842_753

test('a board that is reachable by AT only reaches grade session: apply, two commands of the Serial Modem, and a witness', {
  timeout: 60_000,
}, async () => {
  const made = await desk()
  const { modem, port } = await board()
  expect((await made.run(['apply', '--port', port, ...filesOf()])).exit).toBe(0)
  const probe = await offerTcp('127.0.0.1', 0, async () => {})
  const free = probe.port
  await probe.close()
  const listening = Promise.withResolvers<void>()
  const watching = made.run(
    ['watch', '--cert', 'board.crt', '--listen', `127.0.0.1:${free}`, ...ownBroker, '--timeout', '30'],
    { out: (text) => void (text.startsWith('Listening') && listening.resolve()) },
  )
  await listening.promise
  const lines = ['AT#XMQTTCFG="board-7",60,1', `AT#XMQTTCON=1,"","","localhost",${free},${tag}`]
  await online(modem)
  const typed = await made.run(['record', '--port', port, '--out', 'talk.at'], {
    input: (async function* () {
      yield `${lines.join('\n')}\n`
    })(),
  })
  expect(typed, typed.out).toMatchObject({ exit: 0 })
  const watched = await watching
  expect(watched.exit, watched.out + watched.err).toBe(0)
  const verified = await made.run(['verify', '--port', port, ...filesOf(), '--proof', 'session', '--json'])
  expect(verified.result).toMatchObject({ exit: 0, proof: 'session' })
})

test('#XMQTTCON: a full handshake with this board’s certificate, CONNACK as #XMQTTEVT: 0,0, and the end when the radio goes (SM-18, SM-19, SM-27, SM-28)', async () => {
  const made = await desk()
  const { modem, port, channel: open } = await board()
  const started = systemClock.now()
  await made.run(['apply', '--port', port, ...filesOf()])
  const broker = await embedded(made.paper)
  close.push(() => broker.close())
  const channel = await open()
  expect((await channel.attention()).ok).toBe(true)
  expect(channel.dialect).toBe('serial-modem')
  expect(await channel.send(commands.xmqttcfg, { clientId: 'board-7', keepAlive: 60, clean: 1 })).toMatchObject({
    ok: true,
  })
  const where = { operation: 1, user: '', password: '', host: 'localhost', port: broker.port, tag }
  await online(modem)
  expect(await channel.send(commands.xmqttcon, where)).toMatchObject({ ok: true })
  expect(await next(channel.unsolicited as AsyncIterable<never>)).toBe('#XMQTTEVT: 0,0')
  const sighting = await next(broker.sightings)
  expect(sighting).toMatchObject({ handshake: 'full', clientId: 'board-7' })
  expect(proves(sighting, { fingerprint: fingerprint(made.paper.board.chain), after: started })).toBe(true)
  expect(await channel.send(commands.xmqttcon, where)).toEqual({ ok: false, refusal: { kind: 'error' } })
  const heard = channel.unsolicited[Symbol.asyncIterator]()
  const hears = async (line: string | RegExp): Promise<void> => {
    for (;;) {
      const { value } = await heard.next()
      if (value === undefined) throw new Error(`it never printed ${line}`)
      if (typeof line === 'string' ? value === line : line.test(value)) return
    }
  }
  await say(channel, 'AT#XMQTTSUB="to/board-7",1')
  await hears('#XMQTTEVT: 7,0')
  await say(channel, 'AT#XMQTTPUB="to/board-7","good day",1')
  await hears('#XMQTTEVT: 3,0')
  modem.execute('AT+CFUN=4')
  await hears(/^#XMQTTEVT: 1,/)
})

test('M88 #XMQTTCON is refused without a network, without credentials, and where the broker is called otherwise (SM-17)', async () => {
  const made = await desk()
  const { modem, port, channel: open } = await board()
  const broker = await embedded(made.paper)
  close.push(() => broker.close())
  const channel = await open()
  await channel.attention()
  const where = { operation: 1, user: '', password: '', host: 'localhost', port: broker.port, tag }
  await online(modem)
  const refusal = { ok: false, refusal: { kind: 'error' } }
  expect(await channel.send(commands.xmqttcon, where), 'no credentials').toEqual(refusal)
  await channel.close()
  await made.run(['apply', '--port', port, ...filesOf()])
  const again = await open()
  await again.attention()
  await online(modem)
  expect(await again.send(commands.xmqttcon, { ...where, host: '127.0.0.2' }), 'another name').toEqual(refusal)
  expect(await again.send(commands.xmqttcon, where), 'all is well').toMatchObject({ ok: true })
  modem.execute('AT+CFUN=4')
  await next(broker.sightings)
  expect(await again.send(commands.xmqttcon, where), 'no network').toEqual(refusal)
})

test('#XMQTTCON without a tag is MQTT on TCP alone, and a broker that secures its port hears no session (SM-31)', async () => {
  const { modem, channel: open } = await board()
  const aedes = await Aedes.createBroker()
  const server = createServer((socket) => void aedes.handle(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close.push(
    () => aedes.close(),
    () => server.close(),
  )
  const channel = await open()
  await channel.attention()
  await online(modem)
  const plain = {
    operation: 1,
    user: '',
    password: '',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  }
  const came = once(aedes, 'clientReady')
  expect(await channel.send(commands.xmqttcon, plain)).toMatchObject({ ok: true })
  for await (const line of channel.unsolicited) if (line === '#XMQTTEVT: 0,0') break
  await came
  await say(channel, 'AT#XMQTTCON=0')
  const broker = await embedded((await desk()).paper)
  close.push(() => broker.close())
  await channel.send(commands.xmqttcon, { ...plain, port: broker.port })
  expect(await next(broker.sightings)).toMatchObject({ handshake: 'none', refused: {} })
})
