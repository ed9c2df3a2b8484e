import { type Bytes, concatBytes, fromUtf8, utf8 } from '../../terms/index.ts'
import { sectionsOf, uint32 } from './flash.ts'

/** Whose memory an image is: what `virtualIdentity` makes a modem of. */
export interface MemoryOwner {
  readonly seed: string
  readonly index: number
}

/** A memory image with its owner behind it, so that a file that is renamed or moved stays the same board. */
export function withOwner(image: Bytes, { seed, index }: MemoryOwner): Bytes {
  const section = utf8(`${index} ${seed}`)
  return concatBytes([image, uint32(section.length), section])
}

/** Whose it is; undefined where nobody wrote it down. */
export function ownerOf(image: Bytes): MemoryOwner | undefined {
  const [, , section = new Uint8Array()] = sectionsOf(image)
  const [, index, seed] = /^(\d{1,9}) (.*)$/s.exec(fromUtf8(section)) ?? []
  return index === undefined || seed === undefined ? undefined : { seed, index: Number(index) }
}
