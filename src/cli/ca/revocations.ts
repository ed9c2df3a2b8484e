import { join } from 'node:path'
import { type RevocationReason, serialKey } from '../../pki/index.ts'
import { type Instant, isoTime, type Outcome, ok, refused } from '../../terms/index.ts'
import { appendValue, hasDamage, readValues } from '../home/json-lines.ts'
import type { HomeAuthority } from './open.ts'
import { notRecorded, type RecordProblem } from './record-problem.ts'
import { readRegister } from './register.ts'

/** One certificate that was revoked, as a line of `revoked.jsonl`. */
export interface RevokedEntry {
  /** As `serialKey` writes it. */
  readonly serial: string
  readonly at: Instant
  readonly reason?: RevocationReason
}

/** Everybody who is revoked. `damaged`: there are lines that cannot be read, so somebody may be missing. */
export interface Revocations {
  readonly entries: readonly RevokedEntry[]
  readonly damaged: boolean
}

/** Who is to be revoked. */
export interface RevokeOrder {
  /** Hexadecimal, in any form. */
  readonly serial: string
  readonly reason?: RevocationReason
  /** It was shown that the authority signed it, although the register has forgotten it. */
  readonly unregistered?: boolean
}

/** Where the revocations of the authority in this folder stand. */
export function revocationsFile(folder: string): string {
  return join(folder, 'revoked.jsonl')
}

/** Reads everybody who is revoked; the first line about a certificate counts. */
export function readRevocations(folder: string): Revocations {
  const file = revocationsFile(folder)
  const lines = readValues<Record<string, unknown>>(file)
  const read = lines.flatMap((line) => readEntry(line) ?? [])
  const entries = new Map(read.toReversed().map((entry) => [entry.serial, entry]))
  return { entries: [...entries.values()].toReversed(), damaged: hasDamage(file) || read.length < lines.length }
}

function readEntry({ serial, at, reason }: Record<string, unknown>): RevokedEntry | undefined {
  const instant = Date.parse(String(at))
  if (typeof serial !== 'string' || !/^(?:[0-9a-f]{2})+$/.test(serial) || Number.isNaN(instant)) return undefined
  return { serial, at: instant, ...(typeof reason === 'string' && { reason: reason as RevocationReason }) }
}

/**
 * Revokes a certificate: when this returns it is on the disk, and every CRL that `makeCrl` makes from then on holds it. Who is
 * revoked already stays so since then, for the reason that was given first.
 */
export function revokeAndRecord(
  { folder, clock }: Pick<HomeAuthority, 'folder' | 'clock'>,
  order: RevokeOrder,
): Outcome<RevokedEntry, RecordProblem> {
  const serial = serialKey(order.serial)
  try {
    const already = readRevocations(folder).entries.find((entry) => entry.serial === serial)
    if (already !== undefined) return ok(already)
    if (order.unregistered !== true && !isRegistered(folder, serial))
      return refused({ code: 'never-issued', text: `the register has no serial ${serial}` })
    const at = Math.floor(clock.now() / 1000) * 1000
    const entry = { serial, ...(order.reason !== undefined && { reason: order.reason }), at: isoTime(at) }
    appendValue(revocationsFile(folder), entry)
    return ok({ ...entry, at })
  } catch (error) {
    return refused(notRecorded(error))
  }
}

function isRegistered(folder: string, serial: string): boolean {
  return readRegister(folder).entries.some((entry) => serialKey(entry.serial) === serial)
}
