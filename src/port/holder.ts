import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename } from 'node:path'

/** Who has a device open: `screen (process 1234)`. Linux tells; elsewhere, or without the right to look, undefined. */
export function holderOfDevice(path: string): string | undefined {
  try {
    const device = realpathSync(path)
    const pid = readdirSync('/proc').find(
      (name) => /^\d+$/.test(name) && Number(name) !== process.pid && hasOpen(name, device),
    )
    return pid === undefined ? undefined : processName(pid)
  } catch {
    return undefined
  }
}

function hasOpen(pid: string, device: string): boolean {
  const open = openFiles(pid)
  // Whoever offers a PTY holds both of its ends; that is the board, not another user of it.
  return open.includes(device) && !open.includes('/dev/ptmx')
}

function openFiles(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  } catch {
    return []
  }
}

/** The name of a process by its number: program and first argument, without the rest, which is none of our business. */
export function processName(pid: string | number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((word) => word !== '' && !word.startsWith('-'))
    return `${words
      .slice(0, 2)
      .map((word) => basename(word))
      .join(' ')} (process ${pid})`
  } catch {
    return `process ${pid}`
  }
}
