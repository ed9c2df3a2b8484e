import { states } from './lexicon/states.ts'
import { things } from './lexicon/things.ts'
import { isStop, wordsOf } from './words.ts'

/** A meaning that words stand for. */
export type Concept = keyof typeof things | keyof typeof states

interface Form {
  readonly concept: Concept
  /** The words of a phrase behind the first one; the last of all may be open at its end. */
  readonly rest: readonly string[]
  readonly open: boolean
}

const whole = new Map<string, Form[]>()
const begun = new Map<string, Form[]>()
/** Beginnings are looked up by length. */
const lengths = new Set<number>()

for (const [concept, forms] of Object.entries({ ...things, ...states })) {
  for (const form of forms.split(' ').filter(Boolean)) enter(concept as Concept, form)
}

function enter(concept: Concept, form: string): void {
  const open = form.endsWith('*')
  const words = form.replace(/\*$/, '').split('_').flatMap(wordsOf)
  const [first = '', ...rest] = words
  const table = open && rest.length === 0 ? begun : whole
  if (table === begun) lengths.add(first.length)
  table.set(first, [...(table.get(first) ?? []), { concept, rest, open }])
}

function isThere(words: readonly string[], at: number, { rest, open }: Form): boolean {
  return rest.every((wanted, index) => {
    const word = words[at + 1 + index]
    if (word === undefined) return false
    return open && index === rest.length - 1 ? word.startsWith(wanted) : word === wanted
  })
}

/** A meaning, and how many words it took. */
export interface Meant {
  readonly concept: Concept
  readonly length: number
}

/** A name of a host stands for a server. */
const hostName = /^[a-z0-9]+(?:[.-][a-z0-9]+){0,6}\.(?:com|org|net|io|cloud|local|dev|de)$/

/** `v2.3.0`, `1.9.x`; two numbers alone may be any figure. */
const version = /^v\d+(?:\.\d+){0,3}$|^\d{1,2}\.\d{1,2}\.(?:\d{1,2}|x)$/

const ipAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** A name of a file that is written to a chip: `merged.hex`. */
const imageName = /^[\w.-]{1,80}\.(?:hex|bin|zip|elf|uf2)$/

const versionNumber = /^v?\d{1,2}\.\d{1,2}(?:\.\d{1,3})?$/

/** What the words from `at` on stand for. Bounded by the tables, whatever the line. */
export function meantAt(words: readonly string[], at: number): Meant[] {
  const word = words[at] ?? ''
  if (word === '' || isStop(word)) return []
  const found: Meant[] = []
  const look = (forms: readonly Form[] | undefined): void => {
    for (const form of forms ?? [])
      if (isThere(words, at, form)) found.push({ concept: form.concept, length: form.rest.length + 1 })
  }
  look(whole.get(word))
  if (version.test(word)) found.push({ concept: 'version', length: 1 })
  if (hostName.test(word)) found.push({ concept: 'server', length: 1 }, { concept: 'name', length: 1 })
  if (ipAddress.test(word)) found.push({ concept: 'ipv4', length: 1 })
  if (imageName.test(word)) found.push({ concept: 'image', length: 1 }, { concept: 'file', length: 1 })
  if (versionNumber.test(word)) found.push({ concept: 'version-number', length: 1 })
  for (const length of lengths) if (length <= word.length) look(begun.get(word.slice(0, length)))
  return found
}

/** Whether a concept is a thing, and no state or deed. */
export function isThing(concept: Concept): boolean {
  return concept in things
}
