import { MqttSession } from '../../src/board/index.ts'
import { cbcProfile, dial, gcmProfile } from '../../src/tls/index.ts'
import { EmbeddedBroker, type Sighting } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import type { Instant } from '../../src/terms/index.ts'
import { brokerOf, type Connect } from './run.ts'
import { type Papers, tag } from './setting.ts'

/** A broker of ours at work, to which boards connect with the TLS of the virtual board. */
export interface RealBroker {
  readonly connect: Connect
  /** How many sessions it has accepted. */
  readonly sessions: () => number
  close(): Promise<void>
}

const host = '127.0.0.1'
const patience = 20_000

/** Starts one. Its clock is that of the run for which it is asked: a session is begun when the run says that it is. */
export async function realBroker(papers: Papers): Promise<RealBroker> {
  let now: () => Instant = systemClock.now
  let [attempts, sessions] = [0, 0]
  const { server, roots } = brokerOf(papers)
  const broker = await EmbeddedBroker.start({
    clock: { ...systemClock, now: () => now() },
    host,
    port: 0,
    serverChain: server,
    serverKey: papers.wanted.server.key,
    clientRoots: roots.join(''),
  })
  const connect: Connect = async ({ modem, line, clock }, _papers, user) => {
    now = clock.now
    const clientId = `board-${attempts++}`
    if (!(await connects(broker.port, clientId, modem.tlsMaterial([tag]), line.digests))) return
    sessions++
    user.keeps(await sightingOf(broker, clientId))
  }
  return { connect, sessions: () => sessions, close: () => broker.close() }
}

async function connects(
  port: number,
  clientId: string,
  material: Parameters<typeof dial>[0]['material'],
  digests: 'real' | 'placeholder',
): Promise<boolean> {
  const clock = systemClock
  const profile = digests === 'real' ? gcmProfile : cbcProfile
  const dialled = await dial({ host, port, name: 'localhost', profile, material, knowsTime: false, clock, patience })
  if (!dialled.ok) return false
  const { stream } = dialled.value
  const over = new AbortController()
  const order = { clientId, clock, signal: over.signal, keepAlive: 60, cleanSession: true, patience }
  const opened = await MqttSession.open(stream, order)
  over.abort()
  stream.destroy()
  return opened.ok
}

async function sightingOf(broker: EmbeddedBroker, clientId: string): Promise<Sighting> {
  for await (const sighting of broker.sightings) if (sighting.clientId === clientId) return sighting
  throw new Error('the broker is gone')
}
