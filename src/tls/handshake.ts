import { answer, finish } from './client-part.ts'
import { agree, hearServer } from './server-part.ts'
import type { HandshakeOrder, Steps, Talk } from './steps.ts'

/** The whole handshake of a TLS 1.2 client (RFC 5246 §7.3), from the first hello to the server's Finished. Gives the suite's name. */
export function* shakeHands(order: HandshakeOrder): Steps<string> {
  const talk: Talk = { order, transcript: [] }
  const agreed = yield* agree(talk)
  if (!agreed.ok) return agreed
  const server = yield* hearServer(talk, agreed.value)
  if (!server.ok) return server
  const master = yield* answer(talk, agreed.value, server.value)
  if (!master.ok) return master
  return yield* finish(talk, agreed.value, master.value, server.value.asked !== undefined)
}
