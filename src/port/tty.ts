import { execFile } from 'node:child_process'
import { constants, existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { ReadStream } from 'node:tty'
import { promisify } from 'node:util'
import type { Port } from '../at/index.ts'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { duplexPort } from './duplex-port.ts'
import { holderOfDevice } from './holder.ts'
import { defaultBaud, type SerialOptions } from './options.ts'
import { busy, type PortProblem, portProblem } from './problem.ts'

const run = promisify(execFile)

/**
 * A serial port without a native module: `stty` sets the line, Node's own tty stream carries it. For Linux and macOS, and
 * for Node versions that the native module does not work on. It has no modem lines, and no lock that other programs would see; so it looks who has the device open.
 */
export async function openTty(path: string, options: SerialOptions): Promise<Outcome<Port, PortProblem>> {
  if (!existsSync(path)) return refused(portProblem(path, Object.assign(new Error('No such file'), { code: 'ENOENT' })))
  const holder = holderOfDevice(path)
  if (holder !== undefined) return refused(busy(path, holder))
  const baud = options.baud ?? defaultBaud
  try {
    await configure(path, baud, options)
    const handle = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    const stream = new ReadStream(handle.fd)
    // The stream has closed the descriptor by then; the handle must not close it again.
    stream.once('close', () => void handle.close().catch(() => {}))
    return ok(duplexPort(stream, { address: path, kind: 'serial', baud }))
  } catch (error) {
    return refused(portProblem(path, error))
  }
}

/** Raw: no echo, no line editing, no flow control that nobody asked for, no hang-up on close. */
async function configure(path: string, baud: number, options: SerialOptions): Promise<void> {
  const file = process.platform === 'darwin' ? '-f' : '-F'
  const flow = options.flow === 'rtscts' ? 'crtscts' : '-crtscts'
  await run('stty', [file, path, String(baud), 'raw', '-echo', '-hupcl', 'clocal', '-ixon', '-ixoff', flow], {
    timeout: 5000,
  })
}
