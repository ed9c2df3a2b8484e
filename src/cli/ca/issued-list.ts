import { headStart, renewAt, serialKey } from '../../pki/index.ts'
import { type Instant, isoTime } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import { table } from '../table.ts'
import { type IssuedEntry, readRegister } from './register.ts'
import { readRevocations } from './revocations.ts'

const near = 30 * 86_400_000

/** How a certificate stands. `replaced`: it is valid, and another was issued to take its place. */
export type IssuedState = 'valid' | 'renew' | 'runs-out' | 'replaced' | 'revoked' | 'ran-out'

/** A certificate of the register with its state. */
export interface ListedCertificate extends IssuedEntry {
  readonly state: IssuedState
  readonly renewAt?: Instant
  readonly revokedAt?: Instant
}

/** Everything that was issued, as the register and the revocations have it. */
export function listIssued(
  folder: string,
  now: Instant,
): { readonly issued: readonly ListedCertificate[]; readonly damaged: number } {
  const { entries, damaged } = readRegister(folder)
  const revoked = new Map(readRevocations(folder).entries.map(({ serial, at }) => [serial, at]))
  const replaced = new Set(entries.flatMap(({ replaces }) => replaces ?? []))
  const issued = entries.map((entry): ListedCertificate => {
    const due = renewAt({ notBefore: entry.at - headStart, notAfter: entry.notAfter })
    const revokedAt = revoked.get(serialKey(entry.serial))
    return {
      ...entry,
      state: revokedAt === undefined ? stateOf(entry, replaced.has(serialKey(entry.serial)), due, now) : 'revoked',
      ...(due !== undefined && { renewAt: due }),
      ...(revokedAt !== undefined && { revokedAt }),
    }
  })
  return { issued, damaged }
}

function stateOf({ notAfter }: IssuedEntry, replaced: boolean, due: Instant | undefined, now: Instant): IssuedState {
  if (notAfter <= now) return 'ran-out'
  if (replaced) return 'replaced'
  if (notAfter - now < near) return 'runs-out'
  return due !== undefined && due <= now ? 'renew' : 'valid'
}

const words: Readonly<Record<IssuedState, string>> = {
  valid: 'valid',
  renew: 'wants to be renewed',
  'runs-out': 'runs out soon',
  replaced: 'valid; another takes its place',
  revoked: 'revoked',
  'ran-out': 'ran out',
}

/** Tells of each certificate, in the order in which they were issued. */
export function tellIssuedList(output: Output, issued: readonly ListedCertificate[]): void {
  for (const { at, notAfter, renewAt: due, revokedAt, ...rest } of issued)
    output.event('certificate', {
      ...rest,
      at: isoTime(at),
      notAfter: isoTime(notAfter),
      ...(due !== undefined && { renewAt: isoTime(due) }),
      ...(revokedAt !== undefined && { revokedAt: isoTime(revokedAt) }),
    })
  if (issued.length === 0) return
  const rows = issued.map(({ subject, profile, serial, notAfter, renewAt: due, state }) => [
    subject,
    profile,
    serial,
    due === undefined ? 'for ever' : isoTime(notAfter),
    words[state],
  ])
  output.say(`\n${table(['subject', 'profile', 'serial', 'until', 'state'], rows)}`)
}
