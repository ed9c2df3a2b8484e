import type { Port } from '../../src/at/index.ts'
import { byteText, bytesOf } from '../../src/terms/index.ts'

/** Somebody at a terminal: types, and reads what is printed, byte for byte. */
export interface Typist {
  /** Types, and waits until what was printed since ends so. */
  types(text: string, until: string): Promise<string>
  /** All that was printed. */
  screen(): string
}

/** Sits down at a port. */
export function typist(port: Port): Typist {
  const writer = port.writable.getWriter()
  const reader = port.readable.getReader()
  let heard = ''
  return {
    screen: () => heard,
    async types(text, until) {
      const from = heard.length
      if (text !== '') await writer.write(bytesOf(text))
      while (!heard.slice(from).endsWith(until)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`the port is gone, and never printed ${until}`)
        heard += byteText(value)
      }
      return heard.slice(from)
    },
  }
}
