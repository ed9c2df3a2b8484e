import { X509Certificate } from 'node:crypto'
import { fits } from '../oracle/session.ts'
import type { Setting } from './setting.ts'
import { textsOf, type Papers } from './setting.ts'

/** What the bytes say of one slot. */
export type Truth = 'same' | 'differs' | 'missing'

/** The contents that are wanted of types 0, 1 and 2; undefined where nobody can have wanted anything yet. */
export type WantedNow = readonly (Buffer | undefined)[]

/**
 * What is wanted now. Of a key that is born in the modem: the certificate that was issued last, and of all keys that the
 * modem ever made the one that fits it.
 */
export function wantedNow({ way, watch }: Setting, papers: Papers, issued: string | undefined): WantedNow {
  const texts = textsOf(papers.wanted).map((text) => Buffer.from(text))
  if (way === 'host') return texts
  if (issued === undefined) return [texts[0], undefined, undefined]
  const leaf = new X509Certificate(issued)
  return [texts[0], Buffer.from(issued), watch.born.find((key) => fits(key, leaf))]
}

/** What a slot really is: what is wanted in any legal form of its line ends, something else, or nothing. */
export function truthOf(content: Buffer | undefined, wanted: Buffer | undefined): Truth {
  if (content === undefined) return 'missing'
  return wanted !== undefined && plain(content) === plain(wanted) ? 'same' : 'differs'
}

function plain(text: Buffer): string {
  return text.toString('latin1').replaceAll('\r\n', '\n').replace(/\n$/, '')
}
