import type { Duplex } from 'node:stream'
import { hex, ok, refused, rehearsalPrefix, utf8 } from '../../terms/index.ts'
import { type Asked, dial, type Place, type TlsProfile } from '../../tls/index.ts'
import type { BrokerCheckOrder } from './order.ts'
import { askForSession, type MqttAnswer } from './session.ts'
import type { Demand, Survey } from './survey.ts'

/** Shakes hands without a certificate, and without a modem's doubts, to see whether one is demanded. */
export async function demandOf(
  greeted: Asked,
  order: BrokerCheckOrder,
  place: Place,
  profile: TlsProfile,
): Promise<Demand> {
  if (greeted.flight.request === undefined) return 'not-asked'
  const doubtless = { ...profile, verifiesServer: false, longestChain: 65_536 }
  const shaken = await shake(order, place, doubtless, false)
  if (shaken.ok) {
    shaken.value.stream.end()
    return 'asked'
  }
  const { stage, receivedAlert } = shaken.refusal
  return stage === 'client-certificate' && receivedAlert !== undefined ? 'demanded' : 'unknown'
}

/** The handshake of a modem, and an MQTT session where there is a certificate for it. */
export async function enter(
  order: BrokerCheckOrder,
  place: Place,
  profile: TlsProfile,
): Promise<Pick<Survey, 'entry' | 'bareEntry' | 'clientShown' | 'session'>> {
  const clientShown = order.client !== undefined
  const { name, ...nameless } = order
  const bare = name === undefined ? undefined : await shake(nameless, place, profile, true)
  if (bare?.ok === true) bare.value.stream.end()
  const bareEntry = bare === undefined ? {} : { bareEntry: suiteOf(bare) }
  const named = { ...profile, checksHostName: name !== undefined }
  const shaken = await shake(order, place, named, true)
  const entry = suiteOf(shaken)
  if (!shaken.ok) return { entry, ...bareEntry, clientShown }
  if (order.client !== undefined) {
    const clientId = ownClientId(order.client)
    return {
      entry,
      ...bareEntry,
      clientShown,
      session: await talk(order, place, named, { clientId, stream: shaken.value.stream }),
    }
  }
  shaken.value.stream.end()
  return { entry, ...bareEntry, clientShown }
}

function suiteOf(shaken: Awaited<ReturnType<typeof dial>>): NonNullable<Survey['entry']> {
  return shaken.ok ? ok(shaken.value.suite) : refused(shaken.refusal)
}

const unsupportedVersion = new Set([1, 0x84])

/** Asks in MQTT 5, which tells more, and then as boards do. */
async function talk(
  order: BrokerCheckOrder,
  place: Place,
  profile: TlsProfile,
  { clientId, stream }: { clientId: string; stream: Duplex },
): Promise<MqttAnswer> {
  const { clock, patience } = place
  const question = { clientId, clock, patience }
  const answer = await askForSession(stream, { ...question, version: 5 })
  if (answer.accepted || (answer.code !== undefined && !unsupportedVersion.has(answer.code))) return answer
  const again = await shake(order, place, profile, true)
  return again.ok ? askForSession(again.value.stream, { ...question, version: 4 }) : answer
}

function shake(order: BrokerCheckOrder, place: Place, profile: TlsProfile, whole: boolean): ReturnType<typeof dial> {
  const { client, name, roots } = order
  return dial({
    ...place,
    profile,
    ...(name !== undefined && { name }),
    knowsTime: true,
    material: {
      roots: [utf8(roots)],
      ...(client !== undefined && whole && { chain: utf8(client.chain), key: client.key.reveal() }),
    },
  })
}

/** Never a board's: it would end that board's session. */
export function ownClientId({ random }: NonNullable<BrokerCheckOrder['client']>): string {
  return `${rehearsalPrefix}${hex(random.bytes(4))}`
}
