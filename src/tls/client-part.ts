import { createECDH } from 'node:crypto'
import { type Bytes, concatBytes, ok, sameBytes } from '../terms/index.ts'
import { alert } from './alert.ts'
import { recordCipher } from './cipher.ts'
import { vector } from './cursor.ts'
import { type Incoming, messageType } from './incoming.ts'
import type { TlsStage } from './failure.ts'
import { certificates, type KeyExchange } from './message.ts'
import { directionKeys, masterSecret, transcriptHash, verifyData } from './prf.ts'
import { contentType } from './record.ts'
import type { ServerPart } from './server-part.ts'
import { signedWith } from './signature.ts'
import { type Action, type Agreed, fail, hear, hearMessage, say, type Steps, type Talk } from './steps.ts'

/** Our half: the certificate where it was asked for, the key exchange and the proof of the key. Gives the master secret. */
export function* answer(talk: Talk, agreed: Agreed, server: ServerPart): Steps<Bytes> {
  const { chain } = talk.order.material
  // RFC 5246 §7.4.6: a client without a certificate says so, and the server decides.
  if (server.asked !== undefined)
    yield* say(talk, messageType.certificate, certificates(chain.map((certificate) => certificate.raw)))
  const keys = drawKeys(server.exchange)
  if (keys === undefined) return fail('server-certificate', 'malformed', alert.illegalParameter)
  yield* say(talk, messageType.clientKeyExchange, vector(1, keys.point))
  const { suite, randoms, extended } = agreed
  const sessionHash = extended ? transcriptHash(suite.prf, talk.transcript) : undefined
  const master = masterSecret(suite.prf, keys.shared, randoms, sessionHash)
  if (server.asked === undefined || chain.length === 0) return ok(master)
  const proven = yield* proveKey(talk, server.asked)
  return proven.ok ? ok(master) : proven
}

const curveNames = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' } as const

/** A key pair for this connection, and the secret that both sides then share; undefined for a point off the curve. */
function drawKeys(exchange: KeyExchange): { point: Uint8Array; shared: Uint8Array } | undefined {
  const ecdh = createECDH(curveNames[exchange.curve])
  const point = ecdh.generateKeys()
  try {
    return { point, shared: ecdh.computeSecret(exchange.point) }
  } catch {
    return undefined
  }
}

/** CertificateVerify. What the store lacks, or what does not fit, comes out here at the latest. TLS-27, TLS-29 */
function* proveKey(talk: Talk, taken: readonly number[]): Steps<void> {
  const stage = 'client-certificate'
  const { material, profile } = talk.order
  const { key, chain } = material
  if (key === undefined) return fail(stage, 'key-missing', alert.handshakeFailure)
  const fits = chain[0]?.checkPrivateKey(key) === true
  const signature = signedWith(concatBytes(talk.transcript), key, taken)
  if (signature === undefined || (profile.noticesForeignKey && !fits))
    return fail(stage, 'key-mismatch', alert.handshakeFailure)
  yield* say(talk, messageType.certificateVerify, signature)
  return ok(undefined)
}

/** Our end of the handshake: the keys are taken into use for what we send, and all that both sides have said is vouched for. */
export function* sayFinished(talk: Talk, { suite, randoms }: Agreed, master: Bytes): Generator<Action, void, Incoming> {
  const { client } = directionKeys(suite, master, randoms)
  yield { do: 'send', type: contentType.changeCipherSpec, content: Uint8Array.of(1) }
  yield { do: 'protect-writing', cipher: recordCipher(suite, client) }
  yield* say(talk, messageType.finished, verifyData(suite.prf, master, 'client', talk.transcript))
}

/** The server's end of it: its keys are taken into use, and what it has heard is compared. Gives the suite's name. */
export function* hearFinished(talk: Talk, { suite, randoms }: Agreed, master: Bytes, stage: TlsStage): Steps<string> {
  const changed = yield* hear(stage)
  if (!changed.ok) return changed
  if (changed.value.is !== 'change-cipher-spec') return fail(stage, 'unexpected-message', alert.unexpectedMessage)
  yield { do: 'protect-reading', cipher: recordCipher(suite, directionKeys(suite, master, randoms).server) }
  const expected = verifyData(suite.prf, master, 'server', talk.transcript)
  const finished = yield* hearMessage(talk, stage, messageType.finished)
  if (!finished.ok) return finished
  return sameBytes(finished.value.body, expected)
    ? ok(suite.name)
    : fail('finished', 'bad-finished', alert.decryptError)
}
