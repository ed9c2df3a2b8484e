/** Names that fleets give their boards: a word for a thing and a number. */
const name = '(?:board|device|unit|node|kit|dev|tracker|sensor|gateway|client|imei)[-_ #:=]{0,2}\\d{1,15}'
const heading = new RegExp(`^\\s*(?:#+\\s*|=+\\s*|-+\\s*|\\[)?(${name})\\]?\\s*[:=-]*\\s*$`, 'i')
const inFront = new RegExp(`^\\s*\\[?(${name})\\]?(?:\\s*[:|>]\\s*|\\s+(?=AT[+%#]))(?=\\S)`, 'i')
const imei = /"imei":\s*"(\d{15})"/

/** Which board a line names in front of what it says, and which one it puts above all that follows. */
export interface Subject {
  readonly name: string
  readonly heads: boolean
}

/** The board that a line is about, where several speak in one evidence; undefined where it names none. */
export function subjectOf(raw: string): Subject | undefined {
  const text = raw.slice(0, 200)
  const head = heading.exec(text)?.[1]
  if (head !== undefined) return { name: plain(head), heads: true }
  const front = inFront.exec(text)?.[1] ?? imei.exec(raw)?.[1]
  return front === undefined ? undefined : { name: plain(front), heads: false }
}

/** `Board 3`, `board-3` and `board_3` are one board. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_#:=-]+/g, '-')
}
