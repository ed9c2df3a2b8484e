import { join } from 'node:path'
import { beforeAuthority, type Crl, checkCrl, crlDays, readCrl, serialKey } from '../../pki/index.ts'
import { fromHex, hex, type Instant, isoTime, type Outcome, refused, SectagError } from '../../terms/index.ts'
import { appendValue, readValues } from '../home/json-lines.ts'
import { replaceFile } from '../home/on-disk.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { HomeAuthority } from './open.ts'
import { latestCrlFile, readOwnCrl } from './own-crl.ts'
import { notRecorded, type RecordProblem } from './record-problem.ts'
import { readRegister } from './register.ts'
import { type Revocations, readRevocations, revocationsFile } from './revocations.ts'

/** Milliseconds that a CRL is good before it was made: a broker whose clock is slow would refuse everybody. */
const crlHeadStart = 3_600_000
const day = 86_400_000

/** How a CRL is to be made. */
interface CrlMaking {
  readonly days?: number
  readonly after?: bigint
  readonly put?: (crl: Crl) => Promise<RecordProblem | undefined>
}

/**
 * Makes a CRL of everybody who is revoked, and puts it in `issuing.crl`. Its number is on the disk before it is signed, so
 * that numbers never go back; somebody who was revoked meanwhile is in it when this returns.
 *
 * @param order `days` it is good for; `after`, a number that it must be above, because a broker has that one; `put` hands
 *   it out, while nobody else makes one, so that the last one that is handed out is the newest
 */
export async function makeCrl(home: HomeAuthority, order: CrlMaking): Promise<Outcome<Crl, RecordProblem>> {
  const { folder } = home
  try {
    const made = await oneAtATime(join(folder, 'crl.lock'), home, async () => {
      for (;;) {
        const revoked = readRevocations(folder)
        if (revoked.damaged) return refused(damaged(folder))
        const latest = await readOwnCrl(latestCrlFile(folder), home.authority.issuing)
        const crl = await signCrl(home, revoked, { ...order, ...(latest && { latest }) })
        if (!crl.ok) return crl
        replaceFile({ path: latestCrlFile(folder), text: crl.value.pem, mode: 0o644 }, hex(home.random.bytes(4)))
        const refusal = await order.put?.(crl.value)
        if (refusal !== undefined) return refused(refusal)
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
  { days = crlDays, after = 0n, latest }: CrlMaking & { readonly latest?: Crl },
): Promise<Outcome<Crl, RecordProblem>> {
  const { issuing } = authority
  const now = clock.now()
  if (issuing.notAfter <= now) return refused({ code: 'authority-expired', text: 'the issuing CA has expired' })
  if (now < issuing.notBefore) return refused(beforeAuthority(issuing, now))
  const number = nextNumber(folder, now, [after, latest?.number ?? 0n])
  appendValue(numbersFile(folder), { number, at: isoTime(now), revoked: entries.length })
  const from = Math.ceil(now / 1000) * 1000 - crlHeadStart
  const lasts = days + crlHeadStart / day
  const revoked = entries.map((entry) => ({ ...entry, serial: fromHex(entry.serial) }))
  const crl = readCrl(await authority.revocationList({ number, now: from, days: lasts, revoked }))
  if (!crl.ok || crl.value.entries.size !== entries.length)
    throw new SectagError('internal', 'a CRL was made with other entries')
  const against = { issuing, now, lasts: 0, ...valid(folder, entries), ...(latest && { loaded: latest }) }
  const [fault] = await checkCrl(crl.value, against)
  return fault === undefined ? crl : refused({ code: 'guarded', text: fault.text })
}

/** Who must be in it, and who must not: everybody whom the register has and nobody has revoked. */
function valid(folder: string, revoked: Revocations['entries']) {
  const mustHold = revoked.map(({ serial }) => serial)
  const taken = new Set(mustHold)
  const mustNotHold = readRegister(folder).entries.map(({ serial }) => serialKey(serial))
  return { mustHold, mustNotHold: mustNotHold.filter((serial) => !taken.has(serial)) }
}

/** Where the numbers that were given stand. */
export function numbersFile(folder: string): string {
  return join(folder, 'crls.jsonl')
}

/** One more than any that was given, and never below the seconds since 1970: also where these lines come back from an old copy. */
function nextNumber(folder: string, now: Instant, known: readonly bigint[]): number {
  const given = readValues<{ number?: unknown }>(numbersFile(folder)).map(({ number }) => Number(number) || 0)
  return Math.max(Math.floor(now / 1000), ...[...given, ...known.map(Number)].map((number) => number + 1))
}
