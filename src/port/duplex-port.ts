import type { Duplex } from 'node:stream'
import type { Port, PortInfo } from '../at/index.ts'
import type { Bytes } from '../terms/index.ts'

/**
 * A Node stream as a Port. `Duplex.toWeb` hides an unplugged cable and lets a write wait for ever; here the cable's end
 * fails whatever waits, and `closed` says whose doing it was.
 *
 * @param shut how this kind of stream is closed, where `destroy` does not give back what it holds
 */
export function duplexPort(stream: Duplex, info: PortInfo, shut: () => void = () => stream.destroy()): Port {
  const { promise: closed, resolve } = Promise.withResolvers<'unplugged' | 'closed'>()
  let ours = false
  const gone = new Promise<never>((_, reject) => {
    stream.once('close', () => {
      resolve(ours ? 'closed' : 'unplugged')
      reject(new Error('the port is gone'))
    })
  })
  gone.catch(() => {})
  stream.on('error', () => shut())
  stream.once('end', () => shut())
  const close = (): Promise<void> => {
    ours = true
    shut()
    return closed.then(() => {})
  }
  return { readable: readableOf(stream, closed, close), writable: writableOf(stream, gone, close), closed, info }
}

function readableOf(stream: Duplex, closed: Promise<unknown>, close: () => Promise<void>): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      start(controller) {
        stream.on('data', (chunk: Buffer) => {
          controller.enqueue(Uint8Array.from(chunk))
          if ((controller.desiredSize ?? 0) <= 0) stream.pause()
        })
        void closed.then(() => {
          try {
            controller.close()
          } catch {
            // The reader cancelled: it is closed already.
          }
        })
      },
      pull: () => void stream.resume(),
      cancel: close,
    },
    { highWaterMark: 64 },
  )
}

function writableOf(stream: Duplex, gone: Promise<never>, close: () => Promise<void>): WritableStream<Bytes> {
  let givenUp: Promise<never> = new Promise(() => {})
  return new WritableStream<Bytes>({
    start(controller) {
      // Node's types leave the signal out. Without it an abort would wait for a write that never ends.
      const { signal } = controller as unknown as { signal: AbortSignal }
      givenUp = new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('given up')))
      })
      givenUp.catch(() => {})
    },
    async write(chunk) {
      const written = new Promise<void>((resolve, reject) => {
        stream.write(chunk, (error) => (error ? reject(error) : resolve()))
      })
      await Promise.race([written, gone, givenUp])
    },
    close,
    abort: close,
  })
}
