import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { longestChain } from '../../numbers/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { Finding } from './decide.ts'
import type { RefusalReason } from './reason.ts'

/** A broker's certificates as the device saw them, leaf first. */
export interface ServerCase {
  readonly shown: readonly X509Certificate[]
  /** Octets of all of them together. */
  readonly bytes: number
  /** The name that the device asked for. */
  readonly name?: string
  readonly now: Instant
}

/** Whether a reason for refusing a broker is so. */
export function serverFinding(reason: RefusalReason, server: ServerCase): Finding {
  try {
    return findings[reason]?.(server) ?? 'unknown'
  } catch {
    // A certificate may be broken where only a second look shows it.
    return 'unknown'
  }
}

const findings: Partial<Record<RefusalReason, (server: ServerCase) => Finding>> = {
  'server-chain-too-long': ({ bytes }) => is(bytes > longestChain),
  'server-expired': ({ shown, now }) => is(shown.some((one) => one.validToDate.getTime() < now)),
  'server-not-yet-valid': ({ shown, now }) => is(shown.some((one) => one.validFromDate.getTime() > now)),
  'server-name-mismatch': ({ shown: [leaf], name }) =>
    name === undefined ? 'unknown' : is(leaf !== undefined && !bears(leaf, name)),
}

/** How many octets of a chain are too many for a modem (PEM-34), in words; undefined where none is. */
export function chainDetail({ bytes }: Pick<ServerCase, 'bytes'>): string | undefined {
  const over = bytes - longestChain
  return over > 0
    ? `${bytes} bytes of certificates, ${over} more than the ${longestChain} that a modem takes`
    : undefined
}

function is(so: boolean): Finding {
  return so ? 'so' : 'not-so'
}

function bears(leaf: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined
}
