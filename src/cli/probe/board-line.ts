import type { ListedBoard } from './boards-file.ts'

/** A word as `shellWord` writes it. */
const word = /(?:'[^']*'|\\'|[^\s'\\])+/g

/** An option of this name, with its value behind `=` or in the next word. */
function without(words: readonly string[], name: string): string[] {
  const option = new RegExp(`^'?--${name}(=|$)`)
  return words.filter((one, at) => !option.test(one) && option.exec(words[at - 1] ?? '')?.[1] !== '')
}

/**
 * The command line for some of its boards: where it names their probes, those; where it names a list, that list and which of
 * its boards. A list stays named, because each of its boards has files of its own.
 */
export function lineOf(line: string, boards: readonly ListedBoard[]): string {
  const words = line.match(word) ?? []
  const isList = words.some((one) => /^'?--boards(?:=|$)/.test(one))
  const name = isList ? 'only' : 'probe'
  const first = words.findIndex((one) => new RegExp(`^'?--${name}(?:=|$)`).test(one))
  const named = `--${name} ${boards.map(({ probe }) => probe).join(',')}`
  const before = without(words.slice(0, first === -1 ? words.length : first), name)
  const after = without(first === -1 ? [] : words.slice(first), name)
  return [...before, named, ...after].join(' ')
}
