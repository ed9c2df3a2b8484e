import type { Bytes } from '../terms/index.ts'

/** Where a port comes from, in words for people and for the journal. */
export interface PortInfo {
  /** As the user may type it again: `serial:/dev/ttyACM0`, `tcp://localhost:5000`, `virtual:?mfw=2.0.2`. */
  address: string
  kind: 'serial' | 'tcp' | 'pty' | 'virtual' | 'memory'
  /** Bits a second, where the port has a speed. */
  baud?: number
  /** USB product and serial number, where the system tells. */
  product?: string
  serialNumber?: string
}

/**
 * A pair of byte streams, the shape that Web Serial gives. Closing `writable` closes the port. `closed` tells whether
 * that was our doing or the cable's.
 */
export interface Port {
  readonly readable: ReadableStream<Bytes>
  readonly writable: WritableStream<Bytes>
  readonly closed: Promise<'unplugged' | 'closed'>
  readonly info: PortInfo
}

interface End {
  port: Port
  /** Pulls the cable: both ends notice. */
  unplug: () => void
}

/** A cable made of memory. Whatever one end writes the other reads, with back-pressure and without a timer. */
export function memoryCable(address = 'memory:'): { host: Port; modem: Port; unplug: () => void } {
  const toModem = new TransformStream<Bytes, Bytes>()
  const toHost = new TransformStream<Bytes, Bytes>()
  const cut = new AbortController()
  const host = memoryEnd(address, toHost.readable, toModem.writable, cut)
  const modem = memoryEnd(address, toModem.readable, toHost.writable, cut)
  return { host: host.port, modem: modem.port, unplug: host.unplug }
}

function memoryEnd(
  address: string,
  readable: ReadableStream<Bytes>,
  writable: WritableStream<Bytes>,
  cut: AbortController,
): End {
  const { promise: closed, resolve } = Promise.withResolvers<'unplugged' | 'closed'>()
  cut.signal.addEventListener('abort', () => resolve('unplugged'))
  const inbound = new TransformStream<Bytes, Bytes>()
  const outbound = new TransformStream<Bytes, Bytes>()
  readable.pipeTo(inbound.writable, { signal: cut.signal }).then(
    () => resolve('closed'),
    () => resolve(cut.signal.aborted ? 'unplugged' : 'closed'),
  )
  outbound.readable.pipeTo(writable, { signal: cut.signal }).then(
    () => resolve('closed'),
    () => resolve(cut.signal.aborted ? 'unplugged' : 'closed'),
  )
  const port: Port = {
    readable: inbound.readable,
    writable: outbound.writable,
    closed,
    info: { address, kind: 'memory' },
  }
  return { port, unplug: () => cut.abort() }
}
