import { type Job, jobWords } from '../job.ts'
import type { Ending } from '../output.ts'

/** How `watch` is told whose session it is. */
export function whoseSession(job: Job, cwd: string): string {
  if ('manifest' in job) return jobWords(job, cwd)
  const flags = job.flags.filter(([flag]) => flag === 'certificate')
  return flags.length === 0 ? '--cert CERT.crt' : jobWords({ tag: job.tag, flags }, cwd).replace(/^--tag \d+ /, '')
}

/** The command that leads to PASS. */
export function watchLine(whose: string, imei?: string): string {
  const board = imei === undefined ? '' : ` --imei ${imei}`
  return `sectag watch ${whose}${board} --in-front-of BROKER:8883 --broker-log LOG`
}

/** The command that lists over RTT (RTT-01). */
export const rttLine = "sectag verify --port 'tcp://localhost:19021?rtt=0'"

/** What is to be typed instead of `--probe`, for verbs that ask a modem. */
const instead: ReadonlyMap<string, string> = new Map([
  ['list', `${rttLine.replace('verify', 'list')}   # over RTT, from an application with an AT host`],
  ['info', `${rttLine.replace('verify', 'info')}   # over RTT, from an application with an AT host`],
  ['erase', `${rttLine.replace('verify', 'erase')}   # over RTT, from an application with an AT host`],
  ['plan', 'sectag apply --help   # with --probe and --dry-run it says what it would do'],
  ['resume', 'sectag resume   # says which runs by way of probes are open, and what takes each up'],
])

/** Why `--probe` is no option of a verb that people look for it at; undefined for all others. */
export function notByProbe(verb: string | undefined): { readonly why: string; readonly next: string } | undefined {
  const next = instead.get(verb ?? '')
  if (next === undefined) return undefined
  return {
    why: "a debug probe reaches the chip's flash and nothing of its modem; sectag apply works by way of one",
    next,
  }
}

/** `sectag verify --probe`: nothing is asked, because a probe reaches the chip's flash and no further. */
export function verifyByProbe(job: Job, cwd: string): Ending {
  return {
    exit: 1,
    verdict: 'UNKNOWN',
    failure: {
      what: 'a debug probe cannot list what a modem holds',
      state: 'no board was touched',
      why: `credentials are in the modem's own memory, which no probe reads; a listing takes a cable, or an application with an AT host on RTT: ${rttLine}`,
      next: `${watchLine(whoseSession(job, cwd))}   # the board's own session, for PASS`,
    },
  }
}
