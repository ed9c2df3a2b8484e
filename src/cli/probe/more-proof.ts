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
