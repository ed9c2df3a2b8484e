import { crc32 } from 'node:zlib'

/** What an oracle must be told of a memory model: the names of the model's own switches. */
export interface OracleModel {
  readonly checksContent: boolean
}

/**
 * What a memory image holds, by `tag/type`. It is read here a second time and in another way, with zlib's checksum, from
 * the form that docs/memory.md gives; it shares no code with what writes it, nor with anything that judges.
 */
export function heldIn(image: Uint8Array, model: OracleModel): Map<string, Buffer> {
  const all = Buffer.from(image)
  if (all.toString('latin1', 0, 8) !== 'SECTAG1\n') throw new Error('this is no memory image')
  const firstLength = all.readUInt32BE(8)
  const first = all.subarray(12, 12 + firstLength)
  const second = all.subarray(16 + firstLength, 16 + firstLength + all.readUInt32BE(12 + firstLength))
  const bank = generation(second) > generation(first) ? second : first
  const held = new Map<string, Buffer>()
  if (generation(bank) === 0) return held
  let at = 8
  while (at < bank.length) {
    const head = bank.subarray(at, at + 14)
    const isHead =
      head.length === 14 &&
      head.readUInt16BE(0) === 0xc53a &&
      [1, 2, 3].includes(head.readUInt8(2)) &&
      (crc32(head.subarray(0, 12)) & 0xffff) === head.readUInt16BE(12)
    if (!isHead) {
      at++
      continue
    }
    const length = head.readUInt32BE(8)
    const body = Buffer.alloc(length + 4, 0xff)
    bank.copy(body, 0, at + 14, at + 18 + length)
    at += 18 + length
    if (model.checksContent && crc32(body.subarray(0, length)) !== body.readUInt32BE(length)) continue
    const slot = `${head.readUInt32BE(3)}/${head.readUInt8(7)}`
    held.delete(slot)
    if (head.readUInt8(2) !== 3) held.set(slot, body.subarray(0, length))
  }
  return held
}

function generation(bank: Buffer): number {
  if (bank.length < 8 || bank.readUInt32BE(0) === 0xffffffff) return 0
  return crc32(bank.subarray(0, 4)) === bank.readUInt32BE(4) ? bank.readUInt32BE(0) : 0
}
