import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'

/**
 * Given to `node --import`, it kills the process at the moment that `SECTAG_KILL_AT` numbers: before a change of the disk
 * below the present folder, or when half of a text is written; with `SECTAG_KILL_CALLS` also before it calls a program, and when
 * that has ended and nobody has heard of it. A process that lives on says how many moments there were.
 */
export const killAt = import.meta.url

const at = process.env['SECTAG_KILL_AT']
if (at !== undefined) watch(Number(at))

function watch(moment: number): void {
  let moments = 0
  const ours = new Set<unknown>()
  const isOurs = (place: unknown): boolean =>
    ours.has(place) || (typeof place === 'string' && resolve(place).startsWith(process.cwd()))
  const pass = (place: unknown, before: () => void = () => {}): void => {
    if (!isOurs(place) || moments++ !== moment) return
    before()
    process.kill(process.pid, 'SIGKILL')
  }
  const { openSync, closeSync, writeFileSync } = fs
  fs.openSync = (path, flags, mode) => {
    if (flags !== 'r' && flags !== undefined) pass(path)
    const handle = openSync(path, flags, mode)
    if (isOurs(path)) ours.add(handle)
    return handle
  }
  fs.closeSync = (handle) => {
    ours.delete(handle)
    closeSync(handle)
  }
  for (const name of ['mkdirSync', 'fsyncSync', 'renameSync', 'linkSync', 'rmSync'] as const) {
    const real = fs[name] as (...args: unknown[]) => unknown
    Object.assign(fs, { [name]: (...args: unknown[]) => (pass(args[0]), real(...args)) })
  }
  fs.writeFileSync = (file, data, options) => {
    const text = data as string
    if (typeof file === 'string') pass(file, () => writeFileSync(file, '', options))
    pass(file)
    pass(file, () => writeFileSync(file, text.slice(0, text.length / 2), options))
    writeFileSync(file, data, options)
  }
  if (process.env['SECTAG_KILL_CALLS'] !== undefined) watchCalls(() => pass(process.cwd()))
  syncBuiltinESMExports()
  process.once('exit', () => writeFileSync(2, `moments: ${moments}\n`))
}

/** The programs that are called live on their own: they are not to be killed in their turn. */
function watchCalls(pass: () => void): void {
  for (const name of ['NODE_OPTIONS', 'SECTAG_KILL_AT', 'SECTAG_KILL_CALLS']) delete process.env[name]
  const { spawn } = childProcess
  const watched = (...args: Parameters<typeof spawn>): ReturnType<typeof spawn> => {
    pass()
    const child = spawn(...args)
    child.prependOnceListener('exit', pass)
    return child
  }
  Object.assign(childProcess, { spawn: watched })
}
