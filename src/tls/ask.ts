import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { alert } from './alert.ts'
import type { TlsReason } from './failure.ts'
import { type Flight, FlightReader, noFlight } from './flight.ts'
import { formatHello, type HelloOffer } from './hello.ts'
import { messageType } from './incoming.ts'
import { formatMessage } from './message.ts'
import { contentType, formatRecord } from './record.ts'
import { connectTcp, type Place, within } from './tcp.ts'

/** What came of asking. */
export interface Asked {
  readonly flight: Flight
  /** Why there is no more: `done`, or what ended it first. */
  readonly end: NonNullable<Flight['over']> | TlsReason
  /** Whether there was a TCP connection. */
  readonly connected: boolean
}

/** Sends one ClientHello and hears what the server answers to it in clear. No handshake comes of it: then it hangs up. */
export async function ask(order: Place, offer: HelloOffer): Promise<Asked> {
  const wire = await connectTcp(order)
  if (!wire.ok) return { flight: noFlight, end: wire.refusal, connected: false }
  const socket = wire.value
  const reader = new FlightReader()
  const { promise, resolve } = Promise.withResolvers<Asked['end']>()
  socket.on('data', (chunk: Uint8Array) => {
    const { over } = reader.feed(chunk)
    if (over !== undefined) resolve(over)
  })
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNRESET' ? 'reset' : 'closed'))
  socket.on('close', () => resolve('closed'))
  socket.write(greeting(offer))
  const end = await within(order, promise, resolve)
  leave(socket)
  return { flight: reader.flight, end, connected: true }
}

function greeting(offer: HelloOffer): Uint8Array {
  const hello = formatMessage(messageType.clientHello, formatHello(offer, randomBytes(32)))
  return formatRecord(contentType.handshake, hello)
}

/** Says that it was meant so, and takes back what is still on its way. */
function leave(socket: Socket): void {
  const [warning, closeNotify] = [1, alert.closeNotify]
  if (socket.writable) socket.end(formatRecord(contentType.alert, Uint8Array.of(warning, closeNotify)))
  socket.destroySoon()
}
