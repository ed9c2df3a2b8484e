import { createReadStream, existsSync, readFileSync, realpathSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
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

/** Characters of a line that are kept: a client id has at most 65,535 octets. */
const longestLine = 262_144

/**
 * The lines of a log as it stands now, first to last. What was rotated away stands in front: `.1`, `.2.gz` and so on, as
 * logrotate of Debian leaves it. Throws what the system throws.
 */
export async function* logLines({ log }: MosquittoFiles): AsyncGenerator<string> {
  for (const file of [...rotated(log).toReversed(), log]) yield* linesOf(file)
}

/** The newest first, up to the first that is missing: what is older than a gap tells nothing of what is now. */
function rotated(log: string): string[] {
  const files: string[] = []
  for (;;) {
    const name = `${log}.${files.length + 1}`
    const file = [name, `${name}.gz`].find((one) => existsSync(one))
    if (file === undefined) return files
    files.push(file)
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file)
  // Errors come out where the lines are read, so that there is nothing to do about them here.
  const text = file.endsWith('.gz') ? pipeline(bytes, createGunzip(), () => {}) : bytes
  let rest = ''
  for await (const chunk of text.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(-longestLine)
    yield* lines
  }
  if (rest !== '') yield rest
}
