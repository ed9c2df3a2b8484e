import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { memoryCable, type Port } from '../src/at/index.ts'
import { offerTcp, openPort, systemClock } from '../src/port/index.ts'
import { byteText, utf8 } from '../src/terms/index.ts'
import { AtHost, personalities, VirtualModem } from '../src/virtual/index.ts'
import { makePaper } from './paper.ts'
import type { Figure } from './run.ts'

const modems = 5000
/** TCP ports that are listened on: each modem has one, and each takes a file descriptor or two. */
const onTcp = 500
const rounds = 10
const tag = 16_842_753

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use, of the heap and of buffers beside it. */
function used(): number {
  for (let turn = 0; turn < 3; turn++) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Modems of all lines in turn, each with a root CA, a certificate and a key, which is what most of them hold. */
async function fleet(count: number): Promise<AtHost[]> {
  const paper = await makePaper('nrf-bench', Date.now())
  return Array.from({ length: count }, (_, index) => {
    const line = personalities[index % personalities.length]
    if (line === undefined) throw new Error('no personalities')
    const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'bench', index })
    for (const [type, text] of [paper.ca, paper.certificate, paper.key].entries())
      modem.store.put({ tag, type }, utf8(text))
    return new AtHost(modem, { clock: systemClock })
  })
}

/** A host that sends a command and waits for the final line; nothing of ours but the cable. */
class PlainHost {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>

  constructor(port: Port) {
    this.#writer = port.writable.getWriter()
    this.#reader = port.readable.getReader()
  }

  async ask(command: string): Promise<void> {
    let heard = ''
    void this.#writer.write(utf8(`${command}\r\n`))
    while (!/^OK\r\n/m.test(heard)) {
      const { value } = await this.#reader.read()
      if (value === undefined) throw new Error(`${command}: the port closed`)
      heard += byteText(value)
    }
  }

  async close(): Promise<void> {
    await this.#writer.close().catch(() => {})
  }
}

/** What a fleet tool asks, again and again. */
const commands = ['AT+CGSN', 'AT+CFUN?', `AT%CMNG=1,${tag}`, 'AT+CEREG?'] as const

/** Commands a second, by the clock on the wall and by what this process had of the processors, which it may not have alone. */
async function asked(hosts: readonly PlainHost[], turns: number): Promise<{ rate: number; ofProcessor: number }> {
  const [started, before] = [performance.now(), process.cpuUsage()]
  await Promise.all(
    hosts.map(async (host) => {
      for (let turn = 0; turn < turns; turn++) for (const command of commands) await host.ask(command)
    }),
  )
  const [took, { user, system }] = [performance.now() - started, process.cpuUsage(before)]
  const count = hosts.length * turns * commands.length
  return { rate: count / (took / 1000), ofProcessor: count / ((user + system) / 1e6) }
}

async function overMemory(): Promise<Figure[]> {
  const before = used()
  const served = await fleet(modems)
  const alone = (used() - before) / modems
  const hosts = served.map((host) => {
    const cable = memoryCable()
    void host.serve(cable.modem)
    return new PlainHost(cable.host)
  })
  await asked(hosts, 1)
  const plugged = (used() - before) / modems
  const { rate, ofProcessor } = await asked(hosts, rounds)
  for (const host of hosts) await host.close()
  return [
    { what: 'modems in one process', value: modems, unit: '' },
    { what: 'memory a modem, three credentials in it', value: alone / 1000, unit: 'kB' },
    { what: 'memory a modem, with a cable of memory and its host', value: plugged / 1000, unit: 'kB' },
    { what: 'memory: AT commands a second in total', value: rate, unit: '/s' },
    { what: 'memory: AT commands a second of processor time', value: ofProcessor, unit: '/s' },
  ]
}

async function overTcp(): Promise<Figure[]> {
  const served = await fleet(onTcp)
  const servers = await Promise.all(served.map((host) => offerTcp('127.0.0.1', 0, (port) => host.serve(port))))
  const hosts = await Promise.all(
    servers.map(async ({ port }) => {
      const opened = await openPort(`tcp://127.0.0.1:${port}`, {}, systemClock)
      if (!opened.ok) throw new Error(opened.refusal.text)
      return new PlainHost(opened.value)
    }),
  )
  await asked(hosts, 1)
  const { rate, ofProcessor } = await asked(hosts, rounds)
  for (const host of hosts) await host.close()
  for (const server of servers) await server.close()
  return [
    { what: `TCP, ${onTcp} modems: AT commands a second in total`, value: rate, unit: '/s' },
    { what: `TCP, ${onTcp} modems: AT commands a second of processor time`, value: ofProcessor, unit: '/s' },
  ]
}

/** Five thousand modems in one process: what one of them takes, and what all of them answer. */
export async function measure(): Promise<Figure[]> {
  return [...(await overMemory()), ...(await overTcp())]
}
