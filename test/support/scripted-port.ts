import { type Entry, emptyFraming, frame, memoryCable, type Port } from '../../src/at/index.ts'
import { byteText, bytesOf } from '../../src/terms/index.ts'

/** A port behind which a transcript is played: for each command that comes it must be the next one, and its answer is sent. */
export function scriptedPort(entries: readonly Entry[]): { port: Port; heard: string[] } {
  const cable = memoryCable('scripted:')
  const heard: string[] = []
  void play(
    cable.modem,
    entries.filter((entry) => entry.direction !== '#'),
    heard,
  )
  return { port: cable.host, heard }
}

async function play(port: Port, entries: readonly Entry[], heard: string[]): Promise<void> {
  const writer = port.writable.getWriter()
  let framing = emptyFraming
  let at = 0
  for await (const chunk of port.readable) {
    const framed = frame(framing, byteText(chunk))
    framing = framed.framing
    for (const line of framed.lines) {
      heard.push(line)
      if (entries[at]?.text !== line) continue
      at++
      let answer = ''
      while (entries[at]?.direction === '<') answer += `${entries[at++]?.text}\r\n`
      await writer.write(bytesOf(answer))
    }
  }
}
