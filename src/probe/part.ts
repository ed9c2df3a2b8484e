import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import { nrf91Flash } from './flash.ts'
import type { Chip, Stretch, ToolRefusal } from './tool.ts'

/** Where a chip says what it is: part, page size, number of pages. PROBE-13 */
export const factoryWords: Stretch = { from: 0xff_0140, to: 0xff_0228 }

/** A chip whose port is closed: it does not say what it is, only what series the tool has met. */
export function lockedChip(part: string): Chip {
  return { part, access: 'locked', ...nrf91Flash }
}

/** What a chip's own words say of it. */
export function chipOf(bytes: Bytes): Outcome<Chip, ToolRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number): number => view.getUint32(at - factoryWords.from, true)
  const part = word(0xff_0140)
  if (part >>> 8 !== 0x91)
    return refused({
      kind: 'garbled',
      words: `part 0x${part.toString(16)}`,
      why: 'this is no nRF91: its factory words do not say so',
    })
  const [size, pages] = [word(0xff_0220), word(0xff_0224)]
  return ok({
    part: `nRF${part.toString(16)}`,
    access: 'open',
    flash: { from: 0, to: size * pages },
    pageBytes: size,
  })
}

/** Throws RangeError where a stretch is not of whole pages; what would be erased beside it is somebody else's. */
export function wholePages({ from, to }: Stretch): void {
  const { flash, pageBytes } = nrf91Flash
  if (from % pageBytes !== 0 || to % pageBytes !== 0 || from < 0 || to <= from || to > flash.to)
    throw new RangeError(`${hexNumber(from)} to ${hexNumber(to)} are not whole pages of the flash`)
}

/** `0x2b000` */
export function hexNumber(value: number): string {
  return `0x${value.toString(16)}`
}
