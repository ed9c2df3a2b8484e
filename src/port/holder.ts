import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'

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

/** The name of a process by its number. */
export function processName(pid: string | number): string {
  try {
    return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (process ${pid})`
  } catch {
    return `process ${pid}`
  }
}
