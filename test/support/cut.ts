import type { Port } from '../../src/at/index.ts'
import { byteText, bytesOf } from '../../src/terms/index.ts'

/**
 * A port that lets only so many bytes of the first write to a slot through, and then calls `cut`: what was still on its
 * way is lost, as it is on a real line.
 */
export function cutPort(port: Port, type: number, bytes: number, cut: () => Promise<void> | void): Port {
  let sent = ''
  let over = false
  const start = new RegExp(`AT%CMNG=0,\\d+,${type},"`)
  const gate = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    async transform(chunk, controller) {
      if (over) return
      const before = sent.length
      sent += byteText(chunk)
      const begin = start.exec(sent)?.index
      const room = begin === undefined ? Number.POSITIVE_INFINITY : begin + bytes - before
      if (room > chunk.length) return controller.enqueue(chunk)
      over = true
      if (room > 0) controller.enqueue(bytesOf(byteText(chunk).slice(0, room)))
      void cut()
    },
  })
  gate.readable.pipeTo(port.writable).catch(() => {})
  return { ...port, writable: gate.writable }
}
