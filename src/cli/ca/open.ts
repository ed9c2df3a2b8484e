import {
  type Authority,
  type Issued,
  type IssueOrder,
  type IssueProblem,
  type IssueProfile,
  newSerial,
  openAuthority,
  type RenewOrder,
  serialKey,
} from '../../pki/index.ts'
import {
  type Bytes,
  type Clock,
  fromHex,
  hex,
  type Instant,
  type Outcome,
  ok,
  type Random,
  refused,
} from '../../terms/index.ts'
import { existingHome, homeAt, homePath, readyHome } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { noAuthority, notOpened } from './endings.ts'
import { readFolder } from './folder.ts'
import { readPassphrase } from './passphrase.ts'
import { notRecorded, type RecordProblem } from './record-problem.ts'
import { type Quota, quotaAllows, readQuota, spendOne } from './quota.ts'
import { readRegister, record } from './register.ts'
import type { AuthorityOptions, World } from './world.ts'

/** The authority of a home with its issuing key open, and where what it issues is recorded. */
export interface HomeAuthority {
  readonly authority: Authority
  /** The folder of its files and its register. */
  readonly folder: string
  readonly clock: Clock
  readonly random: Random
}

/** An order for {@link issueAndRecord}, which adds the time and a serial number. */
export type HomeOrder = Omit<IssueOrder, 'now' | 'serial'> & {
  /** The serial number of what it is to take the place of. */
  readonly replaces?: string
  /** It is for trying a door, its key is nowhere but in memory: recorded, and none of a production line's count is spent. */
  readonly trial?: true
}

/** An order for {@link renewAndRecord}. */
export type HomeRenewal = Omit<RenewOrder, 'now' | 'serial'>

/**
 * Opens the authority in the home that `--home` or `$SECTAG_HOME` names, with the passphrase from `--passphrase-file` or
 * `$SECTAG_CA_PASSPHRASE`. Nothing is changed. A refusal is a whole ending with its four parts: no passphrase or a wrong
 * one (2), no authority yet (6), damaged files (5), no home to write to (2).
 */
export async function openHomeAuthority(
  world: World,
  options: AuthorityOptions,
): Promise<Outcome<HomeAuthority, Ending>> {
  const { context } = world
  const path = homePath(options.home, context.env, context.cwd)
  const home = existingHome(path) === undefined ? homeAt(path) : readyHome(options.home, context)
  if ('exit' in home) return refused(home)
  const folder = home.ca
  const found = readFolder(folder)
  if (found.is !== 'whole') return refused(noAuthority(found, folder, options.home))
  const passphrase = readPassphrase(world, options)
  if (!passphrase.ok) return passphrase
  const opened = await openAuthority(found.files, passphrase.value)
  if (!opened.ok) return refused(notOpened(opened.refusal, folder, options.home))
  return ok({ authority: opened.value, folder, clock: context.clock, random: context.random })
}

/**
 * Issues a certificate under a serial number that was never used before, and returns it only when its serial number,
 * subject, end and fingerprint are on the disk in `issued.jsonl`: what is in the field can always be revoked. `chain` is
 * the leaf and the issuing CA behind it; the root is not in it, because whoever checks has it already. A production line's
 * count is spent before that.
 */
export function issueAndRecord(
  home: HomeAuthority,
  { replaces, trial, ...order }: HomeOrder,
): Promise<Outcome<Issued, RecordProblem>> {
  const { profile } = order
  return recorded(home, { profile, replaces, trial }, (moment) => home.authority.issue({ ...order, ...moment }))
}

/** The same for the key of a certificate that there is already; what it replaces is recorded with it. */
export function renewAndRecord(home: HomeAuthority, order: HomeRenewal): Promise<Outcome<Issued, RecordProblem>> {
  const { profile } = order
  const replaces = serialKey(order.certificate.serial)
  return recorded(home, { profile, replaces }, (moment) => home.authority.renew({ ...order, ...moment }))
}

async function recorded(
  home: HomeAuthority,
  { profile, replaces, trial }: { profile: IssueProfile; replaces: string | undefined; trial?: true | undefined },
  make: (moment: { now: Instant; serial: Bytes }) => Promise<Outcome<Issued, IssueProblem>>,
): Promise<Outcome<Issued, RecordProblem>> {
  const { folder, clock, random } = home
  const at = clock.now()
  try {
    const quota = trial === true ? ok(undefined) : mayIssue(home, profile)
    if (!quota.ok) return quota
    const used = new Set(readRegister(folder).entries.map(({ serial }) => serial))
    const issued = await make({ now: at, serial: freshSerial(random, at, used) })
    if (!issued.ok) return issued
    const counted = spendOne(folder, quota.value, home)
    if (!counted.ok) return counted
    const { serial, subject, notAfter, fingerprint } = issued.value.certificate
    const more = replaces === undefined ? {} : { replaces }
    record(folder, { serial, profile, subject, notAfter, fingerprint, at, ...more })
    return issued
  } catch (error) {
    return refused(notRecorded(error))
  }
}

/** Whether this authority may issue such a certificate now; a production line may not for ever. Nothing is counted. */
export function mayIssue(
  { folder, authority, clock }: HomeAuthority,
  profile: IssueOrder['profile'],
): Outcome<Quota | undefined, RecordProblem> {
  const quota = readQuota(folder, authority.issuingPem)
  if (!quota.ok) return quota
  const allowed = quotaAllows(quota.value, profile, clock.now())
  return allowed.ok ? quota : allowed
}

/**
 * A random number with the milliseconds in it: a register that comes back from an old copy has forgotten what was used since,
 * and a machine that does so may draw the same numbers again. More than 64 random bits remain.
 */
function freshSerial(random: Random, now: Instant, used: ReadonlySet<string>): Bytes {
  for (;;) {
    const serial = newSerial(random)
    serial.set(fromHex(Math.floor(now).toString(16).padStart(12, '0').slice(-12)), 1)
    if (!used.has(hex(serial))) return serial
  }
}
