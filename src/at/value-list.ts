import { type Codec, syntaxError } from './syntax.ts'

/** `(0,1,4,20)`: the values that a test command lists. Ranges such as `(0-3)` are spelled out. */
export const valueList: Codec<number[]> = {
  format: (values) => `(${values.join(',')})`,
  parse(text) {
    const list = /^\((\d+(?:[,-]\d+)*)\)$/.exec(text)?.[1]
    if (list === undefined) throw syntaxError('a list in parentheses', text)
    return list.split(',').flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number)
      return Array.from({ length: Math.max(0, Math.min(to - from, 99)) + 1 }, (_, index) => from + index)
    })
  },
}
