const begin = /-----BEGIN [A-Z0-9 ]+-----/
const end = /-----END [A-Z0-9 ]+-----/
const onOneLine = /^ ?[A-Za-z0-9+/=.]+(?: [A-Za-z0-9+/=.]+)* ?$/

/** The fault of a text that lost its line ends. */
export const noLineEnds = 'it has no line ends'

/**
 * How the PEM text in a write is malformed, in words; undefined where nothing shows. Text that is no PEM is not
 * judged, and what stands before BEGIN is tolerated (PEM-11).
 * `escaped`: it comes from a transcript, in which `\n` stands for a real line end.
 */
export function faultOf(quoted: string, escaped: boolean): string | undefined {
  const text = escaped ? quoted.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : quoted
  const head = begin.exec(text)
  if (head === null) return undefined
  const foot = end.exec(text)
  if (foot === null) return 'the END line is missing'
  const body = text.slice(head.index + head[0].length, foot.index)
  if (/\\+[nr]|%0a/i.test(body)) return 'its line ends are written as escapes'
  if (body.trim().length <= 64 || !onOneLine.test(body)) return undefined
  return /[^ ] [^ ]/.test(body.trim()) ? 'blanks stand for its line ends' : noLineEnds
}
