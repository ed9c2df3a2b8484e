import { createRequire } from 'node:module'
import { ReadStream } from 'node:tty'
import type { Port } from '../at/index.ts'
import { duplexPort } from './duplex-port.ts'

/** A pseudo-terminal: the end that we hold, and the path under which any program can open the other. */
export interface Pty {
  readonly path: string
  readonly port: Port
  close(): void
}

interface NativePty {
  open(columns: number, rows: number): { master: number; slave: number; pty: string }
}

/**
 * Makes a PTY. Node cannot do it alone, and node-pty's public `open` reads the far end itself and steals its bytes, so
 * this takes its native function. The far end is kept open and raw, so that the PTY outlives whoever opens and closes it.
 */
export function makePty(): Pty {
  const { platform, arch } = process
  const native = createRequire(import.meta.url)(`@lydell/node-pty-${platform}-${arch}/pty.node`) as NativePty
  const made = native.open(80, 24)
  const keep = new ReadStream(made.slave)
  keep.setRawMode(true)
  keep.pause()
  keep.on('error', () => {})
  const near = new ReadStream(made.master)
  const port = duplexPort(near, { address: `pty:${made.pty}`, kind: 'pty' })
  void port.closed.then(() => keep.destroy())
  return { path: made.pty, port, close: () => near.destroy() }
}
