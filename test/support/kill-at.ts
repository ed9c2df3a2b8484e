import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Given to `node --import`, it kills the process at the moment that `SECTAG_KILL_AT` numbers: before a change of the disk, or when half of a text is written. */
export const killAt = import.meta.url

const at = process.env['SECTAG_KILL_AT']
if (at !== undefined) watch(Number(at))

function watch(moment: number): void {
  let moments = 0
  const pass = (before: () => void = () => {}): void => {
    if (moments++ !== moment) return
    before()
    process.kill(process.pid, 'SIGKILL')
  }
  const { writeFileSync } = fs
  for (const name of ['mkdirSync', 'fsyncSync', 'renameSync', 'linkSync', 'rmSync', 'closeSync'] as const) {
    const real = fs[name] as (...args: unknown[]) => unknown
    Object.assign(fs, { [name]: (...args: unknown[]) => (pass(), real(...args)) })
  }
  fs.writeFileSync = (file, data, options) => {
    pass()
    pass(() => writeFileSync(file, String(data).slice(0, String(data).length / 2), options))
    writeFileSync(file, data, options)
  }
  syncBuiltinESMExports()
  process.once('exit', () => writeFileSync(2, `moments: ${moments}\n`))
}
