import type { CertificateDetails } from '../../pki/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { Problem } from '../problem.ts'

/** What a certificate file is for: a board's own chain, a server's chain, or roots that a board is to trust. */
export const certificateRoles = ['device', 'server', 'root'] as const

/** One of them. */
export type CertificateRole = (typeof certificateRoles)[number]

/** Something about a certificate file that a modem or a broker would mind. Every one has its ground and its cure. */
export interface Finding extends Problem {
  /** The id of a fact, or the section of a standard. */
  readonly ground: string
  readonly next: string
}

/** What the rules look at. */
export interface Examined {
  /** One character a byte; empty where the file was DER. */
  readonly text: string
  /** The name of the file, for where a finding is. */
  readonly origin: string
  readonly role: CertificateRole
  readonly now: Instant
  /** In the order of the file. */
  readonly chain: readonly CertificateDetails[]
}

type Told = readonly [code: string, where: string, text: string, ground: string, next: string]

/** A finding that a modem or a broker would refuse. */
export function error(...[code, where, text, ground, next]: Told): Finding {
  return { severity: 'error', code, where, text, ground, next }
}

/** A finding that will bite some day, or some firmware. */
export function warning(...[code, where, text, ground, next]: Told): Finding {
  return { severity: 'warning', code, where, text, ground, next }
}

/** A finding that is worth knowing and harms nobody. */
export function note(...[code, where, text, ground, next]: Told): Finding {
  return { severity: 'note', code, where, text, ground, next }
}
