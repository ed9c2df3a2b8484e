import { Channel, commands, memoryCable, type Port } from '../src/at/index.ts'
import { withPen } from '../src/modem/index.ts'
import { makePty, offerTcp, openPort, systemClock } from '../src/port/index.ts'
import { utf8 } from '../src/terms/index.ts'
import { AtHost, personality, VirtualModem } from '../src/virtual/index.ts'
import { makePaper } from './paper.ts'
import type { Figure } from './run.ts'

const rounds = 3000
/** Bytes a second at 115,200 baud, 8N1. */
const wireSpeed = 11_520

function modem(): VirtualModem {
  const line = personality('2.0.2')
  if (line === undefined) throw new Error('no such firmware')
  return new VirtualModem({ personality: { ...line, writeTakes: 0 }, clock: systemClock })
}

/** A clock that does not sleep a virtual modem's command times, so that the channel is what is measured. */
const eager = { now: systemClock.now, sleep: (ms: number) => (ms < 5 ? Promise.resolve() : systemClock.sleep(ms)) }

async function opened(address: string, backend: 'serialport' | 'tty'): Promise<Port> {
  const port = await openPort(address, { backend }, systemClock)
  if (!port.ok) throw new Error(port.refusal.text)
  return port.value
}

async function dialogue(name: string, port: Port): Promise<Figure[]> {
  const channel = new Channel(port, { clock: systemClock })
  for (let round = 0; round < 300; round++) await channel.send(commands.cgsn, undefined)
  const times: number[] = []
  const started = performance.now()
  for (let round = 0; round < rounds; round++) {
    const sent = performance.now()
    const outcome = await channel.send(commands.cgsn, undefined)
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.refusal)}`)
    times.push(performance.now() - sent)
  }
  const seconds = (performance.now() - started) / 1000
  await channel.close()
  times.sort((a, b) => a - b)
  return [
    { what: `${name}: commands a second`, value: rounds / seconds, unit: '/s' },
    { what: `${name}: latency, median`, value: times[Math.floor(rounds / 2)] ?? 0, unit: 'ms' },
    { what: `${name}: latency, 99th percentile`, value: times[Math.floor(rounds * 0.99)] ?? 0, unit: 'ms' },
  ]
}

async function overMemory(): Promise<Figure[]> {
  const cable = memoryCable()
  void new AtHost(modem(), { clock: eager }).serve(cable.modem)
  return dialogue('memory', cable.host)
}

async function overPty(backend: 'serialport' | 'tty'): Promise<Figure[]> {
  const pty = makePty()
  void new AtHost(modem(), { clock: eager }).serve(pty.port)
  const figures = await dialogue(`PTY, ${backend}`, await opened(pty.path, backend))
  pty.close()
  return figures
}

async function overTcp(): Promise<Figure[]> {
  const host = new AtHost(modem(), { clock: eager })
  const server = await offerTcp('127.0.0.1', 0, (port) => host.serve(port))
  const figures = await dialogue('TCP', await opened(`tcp://127.0.0.1:${server.port}`, 'serialport'))
  await server.close()
  return figures
}

/** Three credentials through a PTY paced at 115,200 baud, against what the wire alone would take for the same bytes. */
async function writing(): Promise<Figure[]> {
  const paper = await makePaper('nrf-bench', Date.now())
  const texts = [paper.ca, paper.certificate, paper.key]
  const pty = makePty()
  void new AtHost(modem(), { clock: eager, baud: 115_200 }).serve(pty.port)
  const channel = new Channel(await opened(pty.path, 'serialport'), { clock: systemClock })
  await channel.attention()
  let seconds = 0
  await withPen(channel, async (pen) => {
    const started = performance.now()
    for (const [type, text] of texts.entries()) {
      const outcome = await pen.write({ tag: 16_842_753, type }, utf8(text))
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
    }
    seconds = (performance.now() - started) / 1000
  })
  await channel.close()
  pty.close()
  const bytes = texts.reduce((sum, text) => sum + `AT%CMNG=0,16842753,0,"${text}"\r\n`.length + 'OK\r\n'.length, 0)
  const limit = bytes / wireSpeed
  return [
    { what: 'three credentials at 115,200 baud: bytes on the wire', value: bytes, unit: 'B' },
    { what: 'three credentials at 115,200 baud: writing', value: seconds * 1000, unit: 'ms' },
    { what: 'three credentials at 115,200 baud: the wire alone', value: limit * 1000, unit: 'ms' },
    { what: 'three credentials at 115,200 baud: ratio', value: seconds / limit, unit: 'x' },
  ]
}

/** Commands a second and latency over memory, PTY and TCP; writing against the wire's limit. */
export async function measure(): Promise<Figure[]> {
  return [
    ...(await overMemory()),
    ...(await overPty('serialport')),
    ...(await overPty('tty')),
    ...(await overTcp()),
    ...(await writing()),
  ]
}
