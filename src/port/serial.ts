import type { Port } from '../at/index.ts'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { duplexPort } from './duplex-port.ts'
import { noticeHangUp, type UnixBinding } from './hang-up.ts'
import { holderOfDevice } from './holder.ts'
import { defaultBaud, type SerialOptions } from './options.ts'
import { type PortProblem, portProblem } from './problem.ts'

/** A serial port by way of the native module `serialport`, which locks it. */
export async function openSerial(path: string, options: SerialOptions): Promise<Outcome<Port, PortProblem>> {
  const { SerialPort } = await import('serialport')
  const baudRate = options.baud ?? defaultBaud
  const port = new SerialPort({
    path,
    baudRate,
    autoOpen: false,
    rtscts: options.flow === 'rtscts',
    xon: false,
    xoff: false,
    // Without it, closing drops DTR and restarts some boards.
    hupcl: false,
  })
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve))
  if (failure !== null) return refused(portProblem(path, failure, holderOfDevice(path)))
  if (process.platform !== 'win32') noticeHangUp(port.port as unknown as UnixBinding)
  await setLines(port, options)
  // Destroying the stream would leave the device open and locked.
  const shut = (): void => {
    if (port.isOpen) port.close(() => {})
  }
  return ok(duplexPort(port, { address: path, kind: 'serial', baud: baudRate }, shut))
}

async function setLines(
  port: { set(lines: { dtr?: boolean; rts?: boolean }, done: (error: Error | null) => void): void },
  { dtr, rts }: SerialOptions,
): Promise<void> {
  if (dtr === undefined && rts === undefined) return
  // A PTY has no modem lines and says so; that is no reason not to talk to it.
  await new Promise<void>((resolve) => {
    port.set({ ...(dtr !== undefined && { dtr }), ...(rts !== undefined && { rts }) }, () => resolve())
  })
}
