import { ask, type Asked, extension, modemOffer, type Place, type TlsProfile } from '../../tls/index.ts'
import { speaksPlainMqtt } from '../plain-mqtt.ts'
import { certificatesIn, readShown } from './chain.ts'
import { demandOf, enter, ownClientId } from './enter.ts'
import { anyOffer, anyVersion, profileFor, suitesOnly } from './offers.ts'
import type { BrokerCheckOrder } from './order.ts'
import { serverClock } from './server-clock.ts'
import { sharedCurves, sharedSuites } from './shared.ts'
import { answers, type Survey } from './survey.ts'

/** The whole look takes at most so many times the patience for one connection. */
const longestLook = 3

/** Looks at a broker: a dozen connections, each with one thing different. Sends nothing but hellos, unless there is a client's certificate. */
export async function look(order: BrokerCheckOrder): Promise<Survey> {
  const enough = new AbortController()
  const settled = new AbortController()
  const { clock, patience } = order
  clock.sleep(longestLook * patience, settled.signal).then(
    () => enough.abort(),
    () => {},
  )
  const signal = order.signal === undefined ? enough.signal : AbortSignal.any([order.signal, enough.signal])
  try {
    const survey = await lookWithin({ ...order, signal })
    return enough.signal.aborted ? { ...survey, cut: true } : survey
  } finally {
    settled.abort()
  }
}

async function lookWithin(order: BrokerCheckOrder & { signal: AbortSignal }): Promise<Survey> {
  const { host, port, clock, patience, signal, name, firmware } = order
  const place: Place = { host, port, clock, patience, signal }
  const profile = profileFor(firmware)
  const greeted = await ask(place, modemOffer(profile, name))
  const begun: Survey = {
    host,
    port,
    ...(name !== undefined && { name }),
    ...(firmware !== undefined && { firmware }),
    roots: certificatesIn(order.roots),
    known: certificatesIn([order.known, order.client?.chain].filter((text) => text !== undefined).join('\n')),
    now: clock.now(),
    greeted,
    demand: 'unknown',
    clientShown: false,
    cut: false,
  }
  if (!greeted.connected || greeted.end === 'timeout' || greeted.end === 'aborted') return begun
  const seen = answers(begun) ? await lookCloser(begun, order, place, profile) : await lookWider(begun, order, place)
  return withChain(seen)
}

/** Why a modem's hello was refused. */
async function lookWider(survey: Survey, order: BrokerCheckOrder, place: Place): Promise<Survey> {
  const { name, host, port, client, patience } = order
  const suites = await ask(place, suitesOnly(profileFor(order.firmware), name))
  const any = await ask(place, anyOffer(name))
  const versions = await ask(place, anyVersion(name))
  const silent = [survey.greeted, suites, any, versions].every(({ flight }) => flight === undefined || isMute(flight))
  if (!silent || client === undefined) return { ...survey, wider: { suites, any, versions } }
  const plain = await speaksPlainMqtt(host, port, ownClientId(client), patience)
  return { ...survey, wider: { suites, any, versions }, plain }
}

function isMute({ hello, alert }: Asked['flight']): boolean {
  return hello === undefined && alert === undefined
}

/** What a server that answers a modem's hello is like. */
async function lookCloser(survey: Survey, order: BrokerCheckOrder, place: Place, profile: TlsProfile): Promise<Survey> {
  const { greeted, name } = survey
  const offer = modemOffer(profile, name)
  const suites = await sharedSuites(place, offer, greeted)
  const curves = await sharedCurves(place, offer, greeted)
  const nameless = name === undefined ? undefined : await ask(place, modemOffer(profile))
  const wishes = await ask(place, { ...offer, shortRecords: true, ticket: true })
  const extensions = wishes.flight.hello?.extensions ?? []
  const randoms = [greeted, nameless, wishes].flatMap((asked) => asked?.flight.hello?.random ?? [])
  const time = serverClock(randoms)
  return {
    ...survey,
    sharedSuites: suites,
    sharedCurves: curves,
    ...(nameless !== undefined && { nameless }),
    shortRecords: extensions.includes(extension.shortRecords),
    resumes: {
      ticket: extensions.includes(extension.ticket),
      session: (greeted.flight.hello?.session.length ?? 0) > 0,
    },
    ...(time !== undefined && { serverClock: time }),
    demand: await demandOf(greeted, order, place, profile),
    ...(await enter(order, place, profile)),
  }
}

function withChain(survey: Survey): Survey {
  const { greeted, wider, roots } = survey
  const sent = [greeted, wider?.suites, wider?.any]
    .map((asked) => asked?.flight.certificates)
    .find((list) => list !== undefined)
  if (sent === undefined) return survey
  return { ...survey, chain: readShown(sent, roots) ?? 'unreadable' }
}
