/** One file of an archive. Names are plain ASCII, at most 100 characters, with `/` between folders. */
export interface Entry {
  readonly name: string
  readonly body: Uint8Array
}

const block = 512

/** A tar archive in the ustar form (POSIX.1-1988), which every system can open. `seconds`: when, since 1970. */
export function tar(entries: readonly Entry[], seconds: number): Uint8Array {
  const parts = entries.flatMap(({ name, body }) => [header(name, body.length, seconds), padded(body)])
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

function header(name: string, size: number, seconds: number): Uint8Array {
  if (!/^[\x21-\x7e]{1,100}$/.test(name))
    throw new RangeError('a name in an archive is plain ASCII, at most 100 characters')
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, 'latin1')
  bytes.write(octal(0o600, 8), 100, 'latin1')
  bytes.write(octal(0, 8), 108, 'latin1')
  bytes.write(octal(0, 8), 116, 'latin1')
  bytes.write(octal(size, 12), 124, 'latin1')
  bytes.write(octal(Math.floor(seconds), 12), 136, 'latin1')
  bytes.write('        0', 148, 'latin1')
  bytes.write('ustar\u000000', 257, 'latin1')
  // The sum is taken with blanks in its own place.
  bytes.write(
    `${octal(
      bytes.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
    'latin1',
  )
  return bytes
}

/** So many octal digits and a zero byte in a field of this width. */
function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\u0000`
}

function padded(body: Uint8Array): Uint8Array {
  const rest = body.length % block
  return rest === 0 ? body : Buffer.concat([body, Buffer.alloc(block - rest)])
}
