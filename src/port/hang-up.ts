import { read } from 'node:fs'
import { promisify } from 'node:util'

const readFd = promisify(read)

/** What this file touches of the native module's Unix binding. */
export interface UnixBinding {
  readonly isOpen: boolean
  readonly fd: number | null
  readonly poller: { once(event: 'readable', done: (error: Error | null) => void): void }
  read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number; buffer: Buffer }>
}

/**
 * Makes a hang-up an end. When a USB port or PTY goes away, reads return nothing at once and for ever; the native module
 * takes that for "try again" and keeps a processor busy without ever telling (seen with bindings-cpp 13.0.0). Its lines
 * are set to wait for at least one byte, so an empty read can only be the end.
 */
export function noticeHangUp(binding: UnixBinding): void {
  binding.read = async (buffer, offset, length) => {
    for (;;) {
      const bytesRead = await readOnce(openFd(binding), buffer, offset, length)
      if (bytesRead > 0) return { bytesRead, buffer }
      if (bytesRead === 0) throw Object.assign(new Error('hang-up'), { disconnect: true })
      // It may have been closed meanwhile, and polling a closed port crashes the process.
      openFd(binding)
      await readable(binding)
    }
  }
}

function openFd(binding: UnixBinding): number {
  if (binding.isOpen && binding.fd !== null) return binding.fd
  throw Object.assign(new Error('the port is closed'), { canceled: true })
}

/** The count of bytes; -1 where there is nothing yet. */
async function readOnce(fd: number, buffer: Buffer, offset: number, length: number): Promise<number> {
  try {
    return (await readFd(fd, buffer, offset, length, null)).bytesRead
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR') return -1
    throw Object.assign(error as Error, { disconnect: true })
  }
}

function readable(binding: UnixBinding): Promise<void> {
  return new Promise((resolve, reject) => {
    binding.poller.once('readable', (error) => (error === null || error === undefined ? resolve() : reject(error)))
  })
}
