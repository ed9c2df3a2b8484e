import { type Dialect, emptyFraming, emptyShellFraming, expectEcho, frame, frameShell } from '../at/index.ts'

/** What makes lines of each direction. A shell types back what it hears, keys too, broken at its terminal's width: that is dropped. */
export function cutters(dialect: Dialect): { there: (text: string) => string[]; back: (text: string) => string[] } {
  if (dialect !== 'shell') return { there: cutter(), back: cutter() }
  let said = emptyShellFraming
  let heard = emptyShellFraming
  const there = (text: string): string[] => {
    const framed = frameShell(said, text)
    said = framed.framing
    heard = expectEcho(heard, said.line === '' ? (framed.lines.at(-1) ?? heard.typed) : said.line)
    return framed.lines
  }
  const back = (text: string): string[] => {
    const framed = frameShell(heard, text)
    heard = framed.framing
    return framed.lines
  }
  return { there, back }
}

function cutter(): (text: string) => string[] {
  let framing = emptyFraming
  return (text) => {
    const framed = frame(framing, text)
    framing = framed.framing
    return framed.lines
  }
}
