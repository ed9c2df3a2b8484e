import { connect } from 'node:net'
import type { Port } from '../at/index.ts'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { duplexPort } from './duplex-port.ts'
import { type PortProblem, portProblem } from './problem.ts'

const connectTimeout = 10_000

/** J-Link feeds a buffer of 16 bytes in the chip, about a kilobyte a second: as slow as this line (RTT-05). */
const rttBaud = 9600

/** What is behind a connection. */
export interface TcpOptions {
  /** How fast it takes what is sent; a command that is typed needs so long to arrive. */
  readonly baud: number | undefined
  /** A channel of J-Link's RTT: it is chosen by a line that has to come first, within 100 ms (RTT-02). */
  readonly rtt: number | undefined
}

/** A port at the other end of a TCP connection: a serial server, J-Link's RTT channel, or a virtual board. */
export async function openTcp(
  host: string,
  port: number,
  { rtt, baud = rtt === undefined ? undefined : rttBaud }: TcpOptions,
): Promise<Outcome<Port, PortProblem>> {
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
  if (rtt !== undefined) socket.write(`$$SEGGER_TELNET_ConfigStr=RTTCh;${rtt}$$`)
  return ok(duplexPort(socket, { address, kind: 'tcp', ...(baud !== undefined && { baud }) }))
}
