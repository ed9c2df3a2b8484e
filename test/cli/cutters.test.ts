import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutters } from '../../src/cli/cutters.ts'

const prompt = '\x1b[1;32muart:~$ \x1b[m'
const psk = '0123456789abcdef'.repeat(16)
const typed = `at 'AT%CMNG=0,16842753,3,"${psk}"'\r`

/** What a shell of 80 columns types back. */
const echo = Array.from(typed.slice(0, -1), (character, at) => character + ((at + 9) % 80 === 0 ? '\r\n' : '')).join('')

test('of what a shell types back nothing is on the tape, however both directions are cut: a PSK would be seen in pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), (sizes) => {
      const { there, back } = cutters('shell')
      const [said, heard]: string[][] = [[], []]
      const pieces = (text: string): string[] => {
        const found: string[] = []
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1
          found.push(text.slice(at, at + size))
          at += size
        }
        return found
      }
      heard?.push(...back(prompt))
      // What was typed is typed back at once, so the two directions go side by side.
      const answer = pieces(echo)
      for (const piece of pieces(typed)) {
        said?.push(...there(piece))
        const now = answer.shift()
        if (now !== undefined) heard?.push(...back(now))
      }
      for (const piece of answer) heard?.push(...back(piece))
      heard?.push(...back(`\r\nOK\r\r\n\r\n${prompt}`))
      expect(said).toEqual([typed.slice(0, -1)])
      expect(heard).toEqual(['OK'])
    }),
  )
})
