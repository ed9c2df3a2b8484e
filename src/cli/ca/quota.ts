import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { certificateDetails, type IssueProfile, parsePem, signsUntil } from '../../pki/index.ts'
import {
  type Clock,
  hex,
  type Instant,
  isoTime,
  type Outcome,
  ok,
  type Random,
  refused,
  rehearsalPrefix,
} from '../../terms/index.ts'
import { appendValue, readValues } from '../home/json-lines.ts'
import type { RecordProblem } from './record-problem.ts'
import { readRegister } from './register.ts'

/** How much the issuing CA of a production line may issue. */
export interface Quota {
  readonly most: number
  /** Certificates that were counted so far, some of which may never have been handed out. */
  readonly spent: number
  readonly until: Instant
}

/** The name of the file that holds the count of a line; in it, how many certificates it may issue. */
export const quotaName = 'quota.json'

/** Where every count that was spent stands, a line each. */
function spentFile(folder: string): string {
  return join(folder, 'spent.jsonl')
}

/** The text of a quota file. */
export function quotaText(most: number): string {
  return `${JSON.stringify({ most })}\n`
}

/** The quota of the authority in this folder; undefined where it is no line. A line whose count is gone issues nothing. */
export function readQuota(folder: string, issuingPem: string): Outcome<Quota | undefined, RecordProblem> {
  const [block] = parsePem(issuingPem).blocks
  const until = block === undefined ? undefined : signsUntil(block.der)
  const purposes = block === undefined ? undefined : certificateDetails(block.der).purposes
  // The certificate says that it is a line's, so that taking the file away gives nobody more.
  if (until === undefined || purposes === undefined) return ok(undefined)
  const most = readMost(join(folder, quotaName))
  if (most === undefined) return refused({ code: 'quota-lost', text: `${join(folder, quotaName)} cannot be read` })
  // A count that was taken away is made up for by the register.
  const issued = readRegister(folder).entries.filter(({ subject }) => !subject.startsWith(`CN=${rehearsalPrefix}`))
  const spent = Math.max(readValues(spentFile(folder)).length, issued.length)
  return ok({ most, until, spent })
}

function readMost(file: string): number | undefined {
  if (!existsSync(file)) return undefined
  try {
    const { most } = JSON.parse(readFileSync(file, 'utf8')) as { most?: unknown }
    return typeof most === 'number' && Number.isSafeInteger(most) && most >= 0 ? most : undefined
  } catch {
    return undefined
  }
}

/** Whether one more may be issued now. Nothing is counted. */
export function quotaAllows(
  quota: Quota | undefined,
  profile: IssueProfile,
  now: Instant,
): Outcome<undefined, RecordProblem> {
  if (quota === undefined) return ok(undefined)
  if (profile === 'server') return refused({ code: 'devices-only', text: 'this is the CA of a production line' })
  if (now >= quota.until)
    return refused({ code: 'line-over', text: `this line was to issue until ${isoTime(quota.until)}` })
  return quota.spent < quota.most ? ok(undefined) : spent(quota)
}

function spent({ most }: Quota): { ok: false; refusal: RecordProblem } {
  const text =
    most === 0
      ? 'this line came back from a backup, whose count may be too low'
      : `all ${most} certificates of this line are spent`
  return refused({ code: 'quota-spent', text })
}

/**
 * Spends one certificate of a quota: counted on the disk first, looked at then, so that neither a crash nor another
 * process at the same time can issue one too many. Throws what the system throws.
 */
export function spendOne(
  folder: string,
  quota: Quota | undefined,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Outcome<undefined, RecordProblem> {
  if (quota === undefined) return ok(undefined)
  const id = hex(random.bytes(8))
  appendValue(spentFile(folder), { id, at: isoTime(clock.now()) })
  const place = readValues<{ id?: unknown }>(spentFile(folder)).findIndex((line) => line.id === id)
  return place >= 0 && place < quota.most ? ok(undefined) : spent(quota)
}
