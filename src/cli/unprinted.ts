import { fstatSync, writeSync } from 'node:fs'

/** A reader that has read enough, such as `head`, closes its pipe or its socket. */
const readEnough = new Set(['EPIPE', 'ECONNRESET'])

/**
 * What is told, and with which exit, where the output did not arrive. Undefined where its reader has gone: nothing is wrong then.
 * Whoever reads `> root.crt` afterwards must not find exit 0 beside an empty file; a worse exit says more, and stays.
 */
export function unprinted(error: unknown, exit: number): { readonly exit: number; readonly text: string } | undefined {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== undefined && readEnough.has(code)) return undefined
  const [why, next] =
    code === 'EFBIG'
      ? [
          'no file may grow so large here: by `ulimit -f`, or by the file system',
          'ulimit -f   # raise it, then ask anew',
        ]
      : ['likely: the disk that the output goes to is full, or it fails', 'df -h   # make room there, then ask anew']
  const what = `what was printed did not arrive, or not all of it: ${message}`
  const text = `error  ${what}\nstate  what the command did stands; only its output is not whole\nwhy    ${why}\nnext   ${next}\n`
  return { exit: exit === 0 ? 1 : exit, text }
}

/**
 * Writes all of a text to a stream. Into a file it is written here: a disk that runs full takes the beginning, and the stream's
 * own writing takes that for the whole.
 */
export function printWhole(stream: NodeJS.WriteStream & { readonly fd: number }, text: string): void {
  if (stream.destroyed || !stream.writable) return
  if (!fstatSync(stream.fd).isFile()) {
    stream.write(text)
    return
  }
  const bytes = Buffer.from(text)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(stream.fd, bytes, written)
  } catch (error) {
    stream.destroy(error as Error)
  }
}
