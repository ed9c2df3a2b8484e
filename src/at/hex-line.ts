/** Hexadecimal digits that belong together, lower case, and where each stands in the line. */
export interface Run {
  readonly digits: string
  readonly at: readonly number[]
}

/** What of a line is hexadecimal. */
export interface HexLine {
  readonly runs: readonly Run[]
  /** Whether it has the address of a dump, or the same bytes as characters. */
  readonly dump: boolean
  /** What words it has beside the digits, without what changes from line to line: lines of one dump have the same. */
  readonly frame: string
}

const groups = String.raw`(?:\b(?:0x|\\?x)?[0-9a-f]{1,4}u?[\s,:;]{1,4}){3}(?:0x|\\?x)?[0-9a-f]{1,4}\b`
const enough = new RegExp(String.raw`[0-9a-f]{14}|(?:\\x[0-9a-f]{2}){4}|${groups}`, 'i')

/** Whether a line has digits enough, in a row or in groups beside each other, to be of a dump; nearly no line of a log has. */
export function mayBeDump(text: string): boolean {
  return enough.test(text)
}

/** What a logger puts in front; its digits are none of a dump. */
const stamp = /^\s*(?:\[[\d:.,]{8,24}\]\s*)?(?:<[a-z]{3}>\s*)?/i
/** The address of a dump: of xxd and debuggers, of hexdump, od and network tools. */
const address =
  /^(?:(?:0x)?[0-9a-f]{4,16}(?:\s*<[^>]{1,40}>)?\s*:|[0-9a-f]{6,16}(?=\s{1,2}[0-9a-f]{2}\s)|[0-9a-f]{4,5}(?=\s{2,3}[0-9a-f]{2}\s))\s*/i
/** Escapes and remarks stand between digits and are none. */
const word = /\\+[nrt]|\/\*.*?\*\/|[A-Za-z0-9_]+/g
const hexWord = /^(0?x)?([0-9a-f]+)u?$/i

/** Reads a line as one of a dump. */
export function hexLine(text: string): HexLine {
  const from = stamp.exec(text)?.[0].length ?? 0
  const named = address.exec(text.slice(from))?.[0] ?? ''
  const first = from + named.length
  const behind = gutterAt(text, first, named !== '')
  const { runs, words } = runsOf(text, first, behind ?? text.length)
  return { runs, dump: named !== '' || behind !== undefined, frame: words }
}

/** Where the same bytes stand as characters: behind a bar, or behind the wide gap of a line with an address. */
function gutterAt(text: string, from: number, addressed: boolean): number | undefined {
  const bar = text.indexOf(' |', from)
  if (bar > from && /[0-9a-f]{2}\s*$/i.test(text.slice(Math.max(from, bar - 64), bar)) && !mayBeDump(text.slice(bar)))
    return bar
  if (!addressed) return undefined
  for (let gap = text.indexOf('  ', from); gap >= 0; gap = text.indexOf('  ', gap + 1))
    if (!/^\s+(?:[0-9a-f]{2,16}(?: |$)){2}/i.test(text.slice(gap, gap + 40))) return gap
  return undefined
}

/** Words that are hexadecimal and have nothing but signs between them are one run. */
function runsOf(text: string, from: number, to: number): { runs: Run[]; words: string } {
  const runs: { digits: string; at: number[] }[] = []
  let [joined, words] = [false, '']
  for (const { index, 0: found } of text.slice(from, to).matchAll(word)) {
    if (!/^\w/.test(found)) continue
    const [, prefix, digits] = hexWord.exec(found) ?? []
    if (digits === undefined) words += ` ${found}`
    else append(runs, joined, prefix === undefined ? '' : prefix, digits, from + index)
    joined = digits !== undefined
  }
  return { runs, words }
}

function append(
  runs: { digits: string; at: number[] }[],
  joined: boolean,
  prefix: string,
  digits: string,
  at: number,
): void {
  if (!joined) runs.push({ digits: '', at: [] })
  const run = runs.at(-1)
  if (run === undefined) return
  // `0x4` is a byte too.
  if (prefix !== '' && digits.length % 2 === 1) {
    run.digits += '0'
    run.at.push(at)
  }
  run.digits += digits.toLowerCase()
  for (let digit = 0; digit < digits.length; digit++) run.at.push(at + prefix.length + digit)
}
