import type { Duplex } from 'node:stream'
import { type Clock, ok, type Outcome, refused } from '../terms/index.ts'
import {
  isRegistered,
  type MqttDial,
  type MqttEar,
  type MqttLine,
  type OpenMqtt,
  type VirtualModem,
} from '../virtual/index.ts'
import { MqttSession } from './mqtt.ts'
import { until } from './radio.ts'
import { connectTcp, dial, profileOf } from '../tls/index.ts'

/** What a Serial Modem needs of the world to reach a broker. */
export interface SerialModemWorld {
  readonly modem: VirtualModem
  readonly clock: Clock
  /** Milliseconds for TCP, for TLS and for each answer of the broker; default 60 s. */
  readonly patience?: number
}

const standardPatience = 60_000
/** Types of `#XMQTTEVT` (SM-19). */
const happened = { connack: 0, disconnect: 1, publish: 2, puback: 3, suback: 7 } as const
/** newlib's ECONNREFUSED and ENOTCONN, as NCS prints them (ERR-01). */
const [refusedConnection, notConnected] = [-111, -128]

/**
 * The connections of a Serial Modem: real TCP, the modem's own TLS with the credentials of one tag, the broker's name
 * checked whatever else the modem would do (SM-17), and MQTT 3.1.1 on it; without a tag MQTT on TCP alone (SM-31). When the
 * modem leaves its network the connection ends (MODE-08).
 */
export function serialModemMqtt(world: SerialModemWorld): OpenMqtt {
  return async (order, ear): Promise<Outcome<MqttLine>> => {
    const over = new AbortController()
    const line = await connect(world, order, over.signal)
    if (!line.ok) return line
    const session = introduce(world, order, line.value, over.signal)
    void until(world.modem, world.clock, (state) => !isRegistered(state), over.signal).then(
      () => over.abort(),
      () => {},
    )
    void tell(session, ear).finally(() => over.abort())
    return ok(lineOf(session, ear))
  }
}

async function connect(
  { modem, clock, patience }: SerialModemWorld,
  { host, port, tag }: MqttDial,
  signal: AbortSignal,
): Promise<Outcome<Duplex>> {
  const order = { host, port, clock, patience: patience ?? standardPatience, signal }
  if (tag === undefined) {
    const plain = await connectTcp(order)
    return plain.ok ? plain : refused({ kind: 'error' })
  }
  const dialled = await dial({
    ...order,
    name: host,
    profile: { ...profileOf(modem.personality.firmware), checksHostName: true, verifiesServer: true },
    material: modem.tlsMaterial([tag]),
    ...(modem.tlsSessions !== undefined && { sessions: modem.tlsSessions }),
    knowsTime: true,
  })
  return dialled.ok ? ok(dialled.value.stream) : refused({ kind: 'error' })
}

type Opening = ReturnType<typeof MqttSession.open>

function introduce(world: SerialModemWorld, order: MqttDial, stream: Duplex, signal: AbortSignal): Opening {
  const { clientId, keepAlive, cleanSession, user, password } = order
  return MqttSession.open(stream, {
    clientId,
    keepAlive,
    cleanSession,
    // SM-18: a password without a name is not sent.
    ...(user !== '' && { user, ...(password !== '' && { password }) }),
    clock: world.clock,
    patience: world.patience ?? standardPatience,
    signal,
  })
}

/** The CONNACK, the messages, and the end. */
async function tell(opening: Opening, ear: MqttEar): Promise<void> {
  const opened = await opening
  if (!opened.ok) {
    if (opened.refusal.kind === 'refused') ear.happens({ type: happened.connack, result: refusedConnection })
    return ear.happens({ type: happened.disconnect, result: notConnected })
  }
  ear.happens({ type: happened.connack, result: 0 })
  for await (const { topic, payload } of opened.value.messages) {
    ear.hears(topic, payload)
    ear.happens({ type: happened.publish, result: 0 })
  }
  const why = await opened.value.ended
  ear.happens({ type: happened.disconnect, result: why === undefined ? 0 : notConnected })
}

async function withSession(opening: Opening, act: (session: MqttSession) => void): Promise<void> {
  const opened = await opening
  if (opened.ok) act(opened.value)
}

function lineOf(opening: Opening, ear: MqttEar): MqttLine {
  const then = async (type: number, act: (session: MqttSession) => Promise<Outcome<void, unknown>>): Promise<void> => {
    const opened = await opening
    const done = opened.ok ? await act(opened.value) : opened
    if (done.ok) ear.happens({ type, result: 0 })
  }
  return {
    publish: (topic, payload, qos) => {
      if (qos === 1) void then(happened.puback, (session) => session.publish(topic, payload, 1))
      else void withSession(opening, (session) => void session.publish(topic, payload, 0))
    },
    subscribe: (topic) => void then(happened.suback, (session) => session.subscribe(topic)),
    close: () => void withSession(opening, (session) => session.disconnect()),
  }
}
