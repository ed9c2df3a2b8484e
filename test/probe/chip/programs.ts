import { intelHex, type Run } from './hex.ts'

// What a simulated chip can run. There is no processor in it: a program is told by the mark in its image.
const writerMark = 'SECTAG TEST WRITER\0'
const applicationMark = 'SECTAG TEST APP\0'
const markAt = 0x100
/** A program starts only where its vector table is: the stack's top and the first instruction. */
const vectors = [0x00, 0x00, 0x01, 0x20, 0x01, 0x01, 0x00, 0x00]

/** The page where the open writer looks for credentials (PROBE-02). */
export const openWriterPage = 0x2b000

/** A writer's image: it behaves as the open writer does, and looks at `page`. `end` is the first byte behind it; `marker` is that of one of ours. */
export function testWriter(
  options: { page?: number; end?: number; also?: readonly Run[]; marker?: Uint8Array } = {},
): string {
  const { page = openWriterPage, end = 0x3000, also = [], marker = new Uint8Array() } = options
  const bytes = image(writerMark, end)
  new DataView(bytes.buffer).setUint32(markAt + writerMark.length, page, true)
  bytes.set(marker, 0x200)
  return intelHex([{ at: 0, bytes }, ...also])
}

/** An application's image, with a name by which a test knows it again. */
export function testApplication(name: string, options: { end?: number; also?: readonly Run[] } = {}): string {
  const bytes = image(
    applicationMark,
    options.end ?? 0x5000,
    Buffer.from(name).reduce((sum, byte) => sum + byte, 0),
  )
  bytes.set(Buffer.from(`${name}\0`), markAt + applicationMark.length)
  return intelHex([{ at: 0, bytes }, ...(options.also ?? [])])
}

/** Some firmware that is neither. */
export function otherFirmware(end = 0x3000): string {
  return intelHex([{ at: 0, bytes: image('SOME OTHER FIRMWARE\0', end) }])
}

function image(mark: string, end: number, kind = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end).map((_, index) => (index * 31 + (index >> 8) + kind) & 0xff)
  bytes.set(vectors)
  bytes.set(Buffer.from(mark, 'latin1'), markAt)
  return bytes
}

/** What a chip would run with this in its flash from address 0 on. */
export type Program =
  | { readonly is: 'nothing' }
  | { readonly is: 'writer'; readonly page: number }
  | { readonly is: 'application'; readonly name: string }
  | { readonly is: 'other' }

/** Tells it. */
export function programIn(flash: Uint8Array): Program {
  if (vectors.some((byte, index) => flash[index] !== byte)) return { is: 'nothing' }
  const text = Buffer.from(flash.subarray(markAt, markAt + 256)).toString('latin1')
  if (text.startsWith(writerMark)) {
    const at = markAt + writerMark.length
    return { is: 'writer', page: new DataView(flash.buffer, flash.byteOffset + at, 4).getUint32(0, true) }
  }
  if (text.startsWith(applicationMark))
    return { is: 'application', name: text.slice(applicationMark.length).split('\0')[0] ?? '' }
  return { is: 'other' }
}
