import { type Outcome, refused } from '../terms/index.ts'
import type { Body } from './body.ts'
import { connectError, errnoOf, nameUnknown, type SocketError } from './errno.ts'
import { type MqttFailure, MqttSession } from './mqtt.ts'
import { dial, profileOf, type TlsConnection, type TlsFailure } from '../tls/index.ts'

const standardPatience = 60_000
const standardKeepAlive = 60

/**
 * Connects and stays in the session until it ends. Says whether there was one. What went wrong is printed as the
 * application prints it: a number, and nothing of what the modem knows besides (TLS-15).
 */
export async function holdSession(body: Body, signal: AbortSignal): Promise<boolean> {
  const connected = await connect(body, signal)
  if (!connected.ok) {
    if (connected.refusal.reason === 'name-not-found') body.print('err', `getaddrinfo failed: ${nameUnknown}`)
    fails(body, 'mqtt_connect', connectError(connected.refusal, body.build))
    return false
  }
  const { clientId, clock } = body.options
  const opened = await MqttSession.open(connected.value.stream, {
    clientId,
    clock,
    signal,
    keepAlive: body.options.keepAlive ?? standardKeepAlive,
    cleanSession: true,
    patience: body.options.patience ?? standardPatience,
  })
  if (!opened.ok) {
    await ends(body, connected.value, opened.refusal, signal)
    return false
  }
  await use(body, connected.value, opened.value, signal)
  return true
}

/** An address needs no resolver; a name does. */
async function connect(body: Body, signal: AbortSignal): Promise<Outcome<TlsConnection, TlsFailure>> {
  const { broker, clock, material, modem, network, profile, tag } = body.options
  const patience = body.options.patience ?? standardPatience
  const held = material([tag])
  const local = held.roots.length === 0
  if (!local && network?.dns === 'fails') return refused({ stage: 'tcp', reason: 'name-not-found' })
  if (!local && network?.closed === true) return refused({ stage: 'tcp', reason: 'refused' })
  if (!local && network?.blocked === true) {
    await clock.sleep(patience, signal).catch(() => {})
    return refused({ stage: 'tcp', reason: signal.aborted ? 'aborted' : 'timeout' })
  }
  return dial({
    ...broker,
    profile: profile ?? profileOf(modem.personality.firmware),
    material: held,
    ...(modem.tlsSessions !== undefined && { sessions: modem.tlsSessions }),
    knowsTime: modem.state.time !== undefined,
    clock,
    patience,
    signal,
  })
}

async function use(body: Body, connection: TlsConnection, session: MqttSession, signal: AbortSignal): Promise<void> {
  const { clientId, modem } = body.options
  body.print('inf', 'MQTT client connected')
  body.show('connected')
  const reading = read(body, session)
  const next = body.options.habits?.sleeps?.every
  const hello = JSON.stringify({
    hello: clientId,
    imei: modem.identity.imei,
    firmware: modem.personality.firmware,
    // Whoever expects it knows from when on its silence means something.
    ...(next !== undefined && { nextContactSeconds: Math.round(next / 1000) }),
  })
  const subscribed = await session.subscribe(`boards/${clientId}/in`)
  if (subscribed.ok) await session.publish(`boards/${clientId}/hello`, hello, 1)
  const why = await session.ended
  await reading
  await ends(body, connection, why ?? { kind: 'closed' }, signal)
}

async function read(body: Body, session: MqttSession): Promise<void> {
  for await (const { payload } of session.messages) body.print('inf', `Received: ${payload.length} bytes`)
}

/** Tells why a connection ended, as far as an application can see it. */
async function ends(body: Body, connection: TlsConnection, why: MqttFailure, signal: AbortSignal): Promise<void> {
  // Nobody reads there any more: a polite end would wait for ever.
  if (why.kind === 'silence' || why.kind === 'malformed') connection.stream.destroy()
  const { reason } = await connection.ended
  if (why.kind === 'refused') return body.print('err', `MQTT connect failed: ${why.code}`)
  if (why.kind === 'silence') return fails(body, 'mqtt_live', 'ETIMEDOUT')
  if (signal.aborted) return fails(body, 'mqtt_input', 'ENETDOWN')
  // ERR-98, ERR-93: the buffer is too small, and then the socket is gone.
  if (reason === 'record-too-large') fails(body, 'mqtt_input', 'ENOBUFS')
  fails(body, 'mqtt_input', reason === 'reset' ? 'ECONNRESET' : 'ENOTCONN')
}

function fails(body: Body, what: string, error: SocketError): void {
  body.print('err', `${what} ${-errnoOf(error, body.build)}`)
}
