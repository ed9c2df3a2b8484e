import { longestChain, longestCommand } from '../../numbers/index.ts'
import { type Issued, type IssueProfile, renewAt } from '../../pki/index.ts'
import { isoTime } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import { table } from '../table.ts'

/** Tells what was issued, and where it is. */
export function tellIssued(
  output: Output,
  profile: IssueProfile,
  { certificate }: Issued,
  out: string,
  key: string | undefined,
): void {
  const { subject, serial, fingerprint } = certificate
  const notAfter = isoTime(certificate.notAfter)
  const due = renewAt(certificate)
  const rows = [
    ['certificate', `${out}, with the issuing CA behind it`],
    ...(key === undefined ? [] : [['key', `${key}, unencrypted: only its owner may read it`]]),
    ['valid until', due === undefined ? 'for ever' : notAfter],
    ...(due === undefined ? [] : [['renew', `${isoTime(due)}, at two thirds of its life`]]),
    ['serial', serial],
    ['SHA-256', fingerprint],
  ]
  output.event(
    'issued',
    {
      profile,
      subject,
      serial,
      notAfter,
      fingerprint,
      out,
      ...(due !== undefined && { renewAt: isoTime(due) }),
      ...(key !== undefined && { key }),
    },
    table([profile, subject], rows),
  )
}

/** Warns of a chain that is too long: what a modem takes from a server (PEM-34), and what goes through an AT host in one command (PEM-31). */
export function warnOfLength(output: Output, profile: IssueProfile, { chain }: Issued): void {
  const write = 'AT%CMNG=0,2147483647,1,""'.length
  const [length, most] =
    profile === 'server'
      ? [Buffer.from(chain.replaceAll(/-----[^-]+-----/g, ''), 'base64').length, longestChain]
      : [chain.length + write, longestCommand]
  if (length > most)
    output.warn(
      'chain-too-long',
      `The chain has ${length} bytes; a modem takes ${most}: use an EC key, and fewer names.`,
    )
}
