import library from 'nrf-intel-hex'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { type FlashImage, imageOf, type Span } from './flash.ts'

// The package's types speak of an ES module; what Node loads of it is CommonJS, whose default is the class itself.
const MemoryMap = library as unknown as typeof library.default

/** Why a text is no Intel HEX file. The library quotes the record at fault, which may hold a key: its words go no further. */
export interface HexProblem {
  readonly code: 'not-hex' | 'damaged' | 'cut' | 'overlap'
  /** The record at fault, counted from one, where one is. */
  readonly record?: number
  readonly text: string
}

/** Reads an Intel HEX file (Intel, Hexadecimal Object File Format Specification, revision A). */
export function readHex(text: string): Outcome<FlashImage, HexProblem> {
  try {
    const map = MemoryMap.fromHex(text.trimEnd())
    return ok(imageOf([...map].map(([at, bytes]): Span => ({ at, bytes: Uint8Array.from(bytes) }))))
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return refused(cutIn(text, message) ?? problemOf(message))
  }
}

/** Writes one, with records of 32 bytes and lines that end in LF. */
export function writeHex(image: FlashImage): string {
  return `${new MemoryMap(image.spans.map(({ at, bytes }): [number, Uint8Array] => [at, bytes])).asHexString(32)}\n`
}

/** A last record with fewer bytes than it says was longer once. */
function cutIn(text: string, message: string): HexProblem | undefined {
  const [, record, said, has] =
    /record (\d+) .* expected (\d+) data bytes but actual length is (-?\d+)/.exec(message) ?? []
  const lines = text.trimEnd().split(/\r\n|\r|\n/).length
  if (record === undefined || Number(record) !== lines || Number(has) >= Number(said)) return undefined
  return { code: 'cut', record: lines, text: `it ends in the middle of record ${record}: the file was cut` }
}

function problemOf(message: string): HexProblem {
  const digits = /\brecord (\d+)/.exec(message)?.[1]
  const record = digits === undefined ? {} : { record: Number(digits) }
  const place = digits === undefined ? 'it' : `record ${digits}`
  if (message.startsWith('No EOF')) return { code: 'cut', text: 'it has no end record: the file was cut' }
  if (/^(?:Duplicated|Overlapping)/.test(message))
    return { code: 'overlap', ...record, text: `${place} says a second time what stands at an address` }
  if (message.startsWith('Malformed')) return { code: 'not-hex', text: 'there are lines in it that are no Intel HEX' }
  if (message.startsWith('Checksum'))
    return { code: 'damaged', ...record, text: `the checksum of ${place} does not hold` }
  return { code: 'damaged', ...record, text: `${place} is no record of Intel HEX` }
}
