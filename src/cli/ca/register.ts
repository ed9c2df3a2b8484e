import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IssueProfile } from '../../pki/index.ts'
import { isoTime, type Instant } from '../../terms/index.ts'
import { appendLine } from '../home/on-disk.ts'

/** One certificate that was issued, as a line of `issued.jsonl`: enough to revoke it and to know it again. */
export interface IssuedEntry {
  /** 32 hexadecimal digits; another even number of them, up to 40, where another tool gave it. */
  readonly serial: string
  readonly profile: IssueProfile
  /** `CN=…` */
  readonly subject: string
  readonly notAfter: Instant
  /** SHA-256 of the certificate's DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly at: Instant
  /** It was issued elsewhere, before this register knew of it. */
  readonly imported?: boolean
  /** The serial number of what it was issued to take the place of, as `serialKey` writes it. */
  readonly replaces?: string
}

/** What a register says. `damaged` counts lines that cannot be read. */
export interface Register {
  readonly entries: readonly IssuedEntry[]
  readonly damaged: number
}

/** The register of the authority in this folder. */
export function registerFile(folder: string): string {
  return join(folder, 'issued.jsonl')
}

/** Writes an entry and returns when it is on the disk; only then may its certificate be given away. */
export function record(folder: string, entry: IssuedEntry): void {
  recordAll(folder, [entry])
}

/** Writes many; where that is cut, those that were written are whole. */
export function recordAll(folder: string, entries: readonly IssuedEntry[]): void {
  if (entries.length > 0) appendLine(registerFile(folder), entries.map(lineOf).join('\n'))
}

function lineOf({ at, notAfter, ...rest }: IssuedEntry): string {
  return JSON.stringify({ ...rest, notAfter: isoTime(notAfter), at: isoTime(at) })
}

/** Reads the register; an authority that has issued nothing has none. */
export function readRegister(folder: string): Register {
  const file = registerFile(folder)
  if (!existsSync(file)) return { entries: [], damaged: 0 }
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !wasCut(line))
  const entries = lines.map(readEntry).filter((entry) => entry !== undefined)
  return { entries, damaged: lines.length - entries.length }
}

/** The process died over this line: its certificate was never given away. */
function wasCut(line: string): boolean {
  return line.startsWith('{') && !line.endsWith('}')
}

function readEntry(line: string): IssuedEntry | undefined {
  try {
    const entry = JSON.parse(line) as Omit<IssuedEntry, 'notAfter' | 'at'> & { notAfter: string; at: string }
    const [notAfter, at] = [Date.parse(entry.notAfter), Date.parse(entry.at)]
    return /^(?:[0-9a-f]{2}){1,20}$/.test(entry.serial) && Number.isFinite(notAfter)
      ? { ...entry, notAfter, at }
      : undefined
  } catch {
    return undefined
  }
}
