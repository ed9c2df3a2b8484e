import { connect } from 'node:net'
import type { Port } from '../at/index.ts'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { duplexPort } from './duplex-port.ts'
import { type PortProblem, portProblem } from './problem.ts'

const connectTimeout = 10_000

/** A port at the other end of a TCP connection: a serial server, or a virtual board. */
export async function openTcp(host: string, port: number, baud?: number): Promise<Outcome<Port, PortProblem>> {
  const address = `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`
  const socket = connect({ host, port, noDelay: true, timeout: connectTimeout })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
      socket.once('timeout', () => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
    })
  } catch (error) {
    socket.destroy()
    return refused(portProblem(address, error))
  }
  socket.setTimeout(0)
  return ok(duplexPort(socket, { address, kind: 'tcp', ...(baud !== undefined && { baud }) }))
}
