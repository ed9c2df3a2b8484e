const begin = /-----BEGIN [A-Z0-9 ]+-----/
const end = /-----END [A-Z0-9 ]+-----/
const onOneLine = /^ ?[A-Za-z0-9+/=.]+(?: [A-Za-z0-9+/=.]+)* ?$/

/** Faults of a text whose line ends are lost, or are no LF. */
const ofLineEnds = { lost: 'it has no line ends', cr: 'its lines end with CR alone' } as const

/** Whether a fault is about line ends that are not there, or are others than LF. */
export function isAboutLineEnds(fault: string): boolean {
  return fault === ofLineEnds.lost || fault === ofLineEnds.cr
}

/** A text as the modem has it. `escaped`: it comes from a transcript, in which `\n` stands for a real line end. */
export function unescaped(quoted: string, escaped: boolean): string {
  if (!escaped) return quoted
  return quoted.replaceAll(/\\([\\nr])/g, (_, letter: string) => escapes[letter] ?? letter)
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r' }

/** A remark of somebody who left something out is no longer than this. */
const remark = 60
/** Where a logger, or whoever wrote it down, left out the rest. */
const restLeftOut = /(?:\.{2,}|…|<[^<>]{0,40}>|\[[^[\]]{0,40}\])\W*$/
const frontLeftOut = /^\W*(?:\.{2,}|…|<[^<>]{0,40}>|\[[^[\]]{0,40}\])/

/**
 * How a PEM text is malformed, in words; undefined where nothing shows. Text that is no PEM is not judged, and what stands
 * before BEGIN is tolerated (PEM-11).
 */
export function faultOf(text: string): string | undefined {
  const head = begin.exec(text)
  const foot = end.exec(text)
  if (head === null)
    return foot === null || frontLeftOut.test(text.slice(0, remark)) ? undefined : 'the BEGIN line is missing'
  if (foot === null) return restLeftOut.test(text.slice(-remark)) ? undefined : 'the END line is missing'
  const body = text.slice(head.index + head[0].length, foot.index)
  if (/\\+[nr]|%0a/i.test(body)) return 'its line ends are written as escapes'
  if (/\r/.test(body) && !body.includes('\n')) return ofLineEnds.cr
  if (body.trim().length <= 64 || !onOneLine.test(body)) return undefined
  return /[^ ] [^ ]/.test(body.trim()) ? 'blanks stand for its line ends' : ofLineEnds.lost
}
