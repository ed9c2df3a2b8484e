import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, type Crl, checkCrl, crlDays, parsePem, readCertificate, readCrl } from '../../pki/index.ts'
import { fromHex, hex, type Instant, isoTime, type Outcome, ok, refused, SectagError } from '../../terms/index.ts'
import { appendValue, readValues } from '../home/json-lines.ts'
import { replaceFile } from '../home/on-disk.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { HomeAuthority } from './open.ts'
import { notRecorded, type RecordProblem } from './record-problem.ts'
import { type Revocations, readRevocations, revocationsFile } from './revocations.ts'

/** Milliseconds that a CRL is good before it was made: a broker whose clock is slow would refuse everybody. */
const crlHeadStart = 3_600_000
const day = 86_400_000

/** The last CRL that the authority in this folder has made. */
export function latestCrlFile(folder: string): string {
  return join(folder, 'issuing.crl')
}

/** Reads the last CRL; undefined where there is none that can be read. */
export function readLatestCrl(folder: string): Crl | undefined {
  const file = latestCrlFile(folder)
  const read = existsSync(file) ? readCrl(readFileSync(file, 'latin1')) : undefined
  return read?.ok === true ? read.value : undefined
}

/**
 * Makes a CRL of everybody who is revoked, and puts it in `issuing.crl`. Its number is on the disk before it is signed, so
 * that numbers never go back; somebody who was revoked meanwhile is in it when this returns.
 *
 * @param order `days` it is good for; `after`, a number that it must be above, because a broker has that one
 */
export async function makeCrl(
  home: HomeAuthority,
  order: { readonly days?: number; readonly after?: bigint },
): Promise<Outcome<Crl, RecordProblem>> {
  const { folder } = home
  try {
    const made = await oneAtATime(join(folder, 'crl.lock'), home, async () => {
      for (;;) {
        const revoked = readRevocations(folder)
        if (revoked.damaged) return refused(damaged(folder))
        const crl = await signCrl(home, revoked, order)
        if (!crl.ok) return crl
        replaceFile({ path: latestCrlFile(folder), text: crl.value.pem, mode: 0o644 }, hex(home.random.bytes(4)))
        if (readRevocations(folder).entries.length === revoked.entries.length) return crl
      }
    })
    return made.ok ? made.value : made
  } catch (error) {
    return refused(notRecorded(error))
  }
}

function damaged(folder: string): RecordProblem {
  return { code: 'register-damaged', text: `lines of ${revocationsFile(folder)} cannot be read` }
}

async function signCrl(
  { folder, clock, authority }: HomeAuthority,
  { entries }: Revocations,
  { days = crlDays, after = 0n }: { readonly days?: number; readonly after?: bigint },
): Promise<Outcome<Crl, RecordProblem>> {
  const issuing = readCertificate(parsePem(authority.issuingPem).blocks[0]?.der ?? new Uint8Array())
  const now = clock.now()
  if (issuing.notAfter <= now) return refused({ code: 'authority-expired', text: 'the issuing CA has expired' })
  const number = nextNumber(folder, now, after)
  appendValue(numbersFile(folder), { number, at: isoTime(now), revoked: entries.length })
  const from = now - crlHeadStart
  const lasts = days + crlHeadStart / day
  const revoked = entries.map((entry) => ({ ...entry, serial: fromHex(entry.serial) }))
  const crl = readCrl(await authority.revocationList({ number, now: from, days: lasts, revoked }))
  if (!crl.ok) throw new SectagError('internal', crl.refusal.text)
  await checkMade(crl.value, issuing, now, entries)
  return ok(crl.value)
}

/** The result is checked like a certificate's: a wrong one would be a defect of ours, found before it locks anybody out. */
async function checkMade(
  crl: Crl,
  issuing: Certificate,
  now: Instant,
  { length }: Revocations['entries'],
): Promise<void> {
  const faults = await checkCrl(crl, { issuing, now, lasts: 0 })
  if (crl.entries.size !== length) throw new SectagError('internal', 'a CRL was made with other entries')
  if (faults.length > 0) throw new SectagError('internal', `a CRL was made with faults: ${faults[0]?.text}`)
}

/** Where the numbers that were given stand. */
export function numbersFile(folder: string): string {
  return join(folder, 'crls.jsonl')
}

/** One more than any that was given, and never below the seconds since 1970: also where these lines come back from an old copy. */
function nextNumber(folder: string, now: Instant, after: bigint): number {
  const given = readValues<{ number?: unknown }>(numbersFile(folder)).map(({ number }) => Number(number) || 0)
  const known = [after, readLatestCrl(folder)?.number ?? 0n].map(Number)
  return Math.max(Math.floor(now / 1000), ...[...given, ...known].map((number) => number + 1))
}
