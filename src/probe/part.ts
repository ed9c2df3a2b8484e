import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import { nrf91Flash } from './flash.ts'
import type { Chip, Stretch, ToolRefusal } from './tool.ts'

/** Where a chip says what it is: part, page size, number of pages. PROBE-13 */
export const factoryWords: Stretch = { from: 0xff_0140, to: 0xff_0228 }

/** What is known of a locked chip through a tool that cannot tell its part: the series. */
export const someNrf91 = 'nRF91'

/** A chip whose port is closed: it does not say what it is, only what the tool has met. */
export function lockedChip(part: string): Chip {
  const hardened = part === someNrf91 || part === 'nRF9160' ? {} : { hardened: true }
  return { part, access: 'locked', ...hardened, ...nrf91Flash }
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
    hardened: part !== 0x9160 || isThird(bytes.subarray(4, 7)),
    flash: { from: 0, to: size * pages },
    pageBytes: size,
  })
}

/** PROBE-51: `B0A` and `B1A` are the first and the second revision of the nRF9160. */
function isThird(revision: Uint8Array): boolean {
  return /^B[2-9]/.test(String.fromCharCode(...revision))
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
