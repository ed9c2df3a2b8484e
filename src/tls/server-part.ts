import type { KeyObject } from 'node:crypto'
import { concatBytes, ok, sameBytes } from '../terms/index.ts'
import { alert } from './alert.ts'
import { clientHello, readServerHello } from './hello.ts'
import { messageType } from './incoming.ts'
import { type KeyExchange, readCertificateRequest, readCertificates, readKeyExchange } from './message.ts'
import { tls12 } from './record.ts'
import { trustServer } from './server-chain.ts'
import { isSigned } from './signature.ts'
import { type Agreed, fail, hearMessage, say, type Steps, type Talk } from './steps.ts'
import { cipherSuite } from './suite.ts'

/** What a server has said up to its ServerHelloDone, checked. */
export interface ServerPart {
  readonly exchange: KeyExchange
  /** The signatures that it takes from us; undefined where it did not ask for a certificate. */
  readonly asked: readonly number[] | undefined
}

/** Both hellos. */
export function* agree(talk: Talk): Steps<Agreed> {
  const { profile, random, name, sessions } = talk.order
  const offer = sessions?.offer
  const wishes = { ...(name !== undefined && { name }), ...(offer !== undefined && { session: offer.id }) }
  yield* say(talk, messageType.clientHello, clientHello(profile, random, wishes))
  const message = yield* hearMessage(talk, 'hello', messageType.serverHello)
  if (!message.ok) return message
  const hello = readServerHello(message.value.body)
  if (hello === undefined) return fail('hello', 'malformed', alert.decodeError)
  if (hello.version !== tls12) return fail('hello', 'protocol-version', alert.protocolVersion)
  const suite = profile.suites.includes(hello.suite) ? cipherSuite(hello.suite) : undefined
  if (suite === undefined) return fail('hello', 'suite-not-offered', alert.handshakeFailure)
  const extended = profile.extendedMasterSecret && hello.extendedMasterSecret
  const resumes = offer !== undefined && sameBytes(offer.id, hello.session) ? offer : undefined
  // RFC 5246 §7.4.1.3, RFC 7627 §5.3: what is gone on with stays as it was.
  if (resumes !== undefined && (resumes.suite !== suite.id || resumes.extended !== extended))
    return fail('hello', 'malformed', alert.illegalParameter)
  const randoms = { client: random, server: hello.random }
  return ok({ suite, extended, session: hello.session, randoms, ...(resumes !== undefined && { resumes }) })
}

/** The server's certificates, its half of the key exchange, and whether it wants to see ours. */
export function* hearServer(talk: Talk, agreed: Agreed): Steps<ServerPart> {
  const key = yield* hearCertificates(talk, agreed)
  if (!key.ok) return key
  const exchange = yield* hearKeyExchange(talk, agreed, key.value)
  if (!exchange.ok) return exchange
  const asked = yield* hearRequest(talk)
  return asked.ok ? ok({ exchange: exchange.value, asked: asked.value }) : asked
}

function* hearCertificates(talk: Talk, agreed: Agreed): Steps<KeyObject> {
  const stage = 'server-certificate'
  const { profile, material, now, name } = talk.order
  const message = yield* hearMessage(talk, stage, messageType.certificate)
  if (!message.ok) return message
  const list = readCertificates(message.value.body)
  if (list === undefined) return fail(stage, 'malformed', alert.decodeError)
  const given = { ...(now !== undefined && { now }), ...(name !== undefined && { name }) }
  const trusted = trustServer(list, { profile, roots: material.roots, ...given })
  if (!trusted.ok) return fail(stage, trusted.refusal.reason, trusted.refusal.alert)
  const fits = trusted.value.asymmetricKeyType === agreed.suite.key
  return fits ? trusted : fail(stage, 'bad-certificate', alert.badCertificate)
}

function* hearKeyExchange(talk: Talk, agreed: Agreed, key: KeyObject): Steps<KeyExchange> {
  const stage = 'server-certificate'
  const message = yield* hearMessage(talk, stage, messageType.serverKeyExchange)
  if (!message.ok) return message
  const exchange = readKeyExchange(message.value.body)
  if (exchange === undefined) return fail(stage, 'malformed', alert.decodeError)
  if (!talk.order.profile.curves.includes(exchange.curve)) return fail(stage, 'malformed', alert.illegalParameter)
  const { client, server } = agreed.randoms
  const signed = isSigned(concatBytes([client, server, exchange.params]), exchange.signed, key)
  return signed ? ok(exchange) : fail(stage, 'bad-signature', alert.decryptError)
}

function* hearRequest(talk: Talk): Steps<readonly number[] | undefined> {
  const { certificateRequest, serverHelloDone } = messageType
  const message = yield* hearMessage(talk, 'hello', certificateRequest, serverHelloDone)
  if (!message.ok) return message
  if (message.value.type === serverHelloDone) return ok(undefined)
  const asked = readCertificateRequest(message.value.body)
  if (asked === undefined) return fail('hello', 'malformed', alert.decodeError)
  const done = yield* hearMessage(talk, 'hello', serverHelloDone)
  return done.ok ? ok(asked.signatures) : done
}
