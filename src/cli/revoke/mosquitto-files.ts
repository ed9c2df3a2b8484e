import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Shelf } from '../../broker/index.ts'
import { hex, type Random } from '../../terms/index.ts'
import { replaceFile } from '../home/on-disk.ts'

/** The files of a Mosquitto on this computer, as its configuration names them. */
export interface MosquittoFiles {
  readonly crlFile: string
  readonly pidFile: string
  readonly log: string
}

/** Its `crlfile`, put in place whole, and SIGHUP to the process that its `pid_file` names. */
export function mosquittoShelf({ crlFile, pidFile }: MosquittoFiles, random: Random): Shelf {
  return {
    read: () => readFileSync(crlFile, 'latin1'),
    load(pem = '') {
      const pid = readPid(pidFile)
      // Public, and read by another user: a list that Mosquitto cannot read makes it let revoked boards in (REV-04).
      replaceFile({ path: realpathSync(crlFile), text: pem, mode: 0o644 }, hex(random.bytes(4)))
      process.kill(pid, 'SIGHUP')
      return Promise.resolve()
    },
  }
}

/** SIGHUP ends most programs, and a pid file may outlive its process. */
function readPid(file: string): number {
  const pid = Number(readFileSync(file, 'latin1').trim())
  if (!Number.isInteger(pid) || pid < 2) throw new Error(`${file} holds no process number`)
  const name = `/proc/${pid}/comm`
  if (existsSync('/proc/self/comm') && !(existsSync(name) && readFileSync(name, 'latin1').trim() === 'mosquitto'))
    throw new Error(`${file} names process ${pid}, which is no mosquitto`)
  return pid
}

/** The lines of a log as it stands now, first to last; throws what the system throws. */
export async function* logLines({ log }: MosquittoFiles): AsyncGenerator<string> {
  const file = await open(log)
  yield* file.readLines({ encoding: 'utf8' })
}
