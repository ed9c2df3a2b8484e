/** Bytes at an address. */
export interface Run {
  readonly at: number
  readonly bytes: Uint8Array
}

/**
 * Intel HEX, read by the simulated tools: written anew from the format's description, and from no library that the tool under
 * test uses, so that a mistake of one is seen by the other.
 */
export function readIntelHex(text: string): Run[] {
  const runs: Run[] = []
  let base = 0
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue
    const record = recordOf(line)
    if (record.kind === 0) runs.push({ at: base + record.offset, bytes: record.data })
    else if (record.kind === 1) return runs
    else if (record.kind === 2 || record.kind === 4)
      base = (((record.data[0] ?? 0) << 8) | (record.data[1] ?? 0)) * (record.kind === 2 ? 16 : 65_536)
  }
  throw new Error('the file has no end record')
}

function recordOf(line: string): { kind: number; offset: number; data: Uint8Array } {
  const bytes = Buffer.from(line.slice(1), 'hex')
  const sum = bytes.reduce((total, byte) => (total + byte) & 0xff, 0)
  const length = bytes[0] ?? 0
  if (!line.startsWith(':') || bytes.length !== length + 5 || sum !== 0)
    throw new Error(`bad record ${line.slice(0, 12)}`)
  return { kind: bytes[3] ?? 0, offset: bytes.readUInt16BE(1), data: new Uint8Array(bytes.subarray(4, 4 + length)) }
}

/** Intel HEX of some runs, 32 bytes a record. */
export function intelHex(runs: readonly Run[]): string {
  const lines: string[] = []
  for (const { at, bytes } of runs)
    for (let offset = 0; offset < bytes.length; ) {
      const address = at + offset
      const length = Math.min(32, bytes.length - offset, 0x1_0000 - (address & 0xffff))
      lines.push(record(4, 0, [(address >>> 24) & 0xff, (address >>> 16) & 0xff]))
      lines.push(record(0, address & 0xffff, bytes.subarray(offset, offset + length)))
      offset += length
    }
  return `${lines.filter((line, index) => line !== lines[index - 2] || line.slice(7, 9) !== '04').join('\n')}\n:00000001FF\n`
}

function record(kind: number, offset: number, data: Iterable<number>): string {
  const body = [...data]
  const bytes = [body.length, offset >>> 8, offset & 0xff, kind, ...body]
  const sum = (0x100 - (bytes.reduce((total, byte) => total + byte, 0) & 0xff)) & 0xff
  return `:${Buffer.from([...bytes, sum])
    .toString('hex')
    .toUpperCase()}`
}
