/** What stands for bytes that are no UTF-8. */
const replaced = 0xfffd

/** Signs of control that terminals and editors leave in a text: bell, back space, tab, line ends, the beginning of a colour. */
const inText = new Set([7, 8, 9, 10, 11, 12, 13, 27])

/** A line of which so much is no text says nothing; less than that is noise on a serial line, or letters of another encoding. */
const bearable = 0.25

function isNoText(code: number): boolean {
  return code === replaced || code === 127 || (code < 32 && !inText.has(code))
}

function garbledIn(text: string): number {
  let found = 0
  for (let at = 0; at < text.length; at++) if (isNoText(text.charCodeAt(at))) found++
  return found
}

/** Whether a line is no text: what can be read in it is chance. */
export function isGarbled(text: string): boolean {
  return garbledIn(text) > text.length * bearable
}

/** Counts what of one evidence is no text. */
export class Garbled {
  #characters = 0
  #garbled = 0
  #all = 0
  /** Lines that are no text. */
  lines = 0

  line(text: string): void {
    const found = garbledIn(text)
    this.#all++
    this.#characters += text.length
    this.#garbled += found
    if (found > text.length * bearable) this.lines++
  }

  /**
   * Whether it is no text. A program has whole pages of words in it, and whatever they tell is not about a board; a log may
   * have one long line of noise where the speed of its port was another.
   */
  get prevails(): boolean {
    const byCharacters = this.#garbled * 3 > this.#characters
    return this.lines * (byCharacters ? 3 : 2) > this.#all
  }
}
