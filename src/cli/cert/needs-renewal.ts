import type { Certificate } from '../../pki/index.ts'
import { readRenewalRule, renewalDue } from '../../plan/index.ts'
import { isoTime, relativeTime } from '../../terms/index.ts'
import type { World } from '../ca/world.ts'
import type { Ending } from '../output.ts'
import { readCertificateFile } from './certificate-file.ts'

/** What was typed behind `cert needs-renewal`. */
export interface RenewalOptions {
  /** `66%`, `30d`, `720h`. */
  readonly expiresIn?: string
  /** Whether every certificate of the file counts, not only the first. */
  readonly bundle: boolean
}

/** `sectag cert needs-renewal`: 0 where a renewal is due, 1 where it is not yet, 2 where there is nothing to renew. */
export async function needsRenewal(world: World, name: string, options: RenewalOptions): Promise<Ending> {
  const { context, output } = world
  const rule = options.expiresIn === undefined ? undefined : readRenewalRule(options.expiresIn)
  if (options.expiresIn !== undefined && rule === undefined) return noRule(options.expiresIn)
  const file = readCertificateFile(world, name)
  if (!file.ok) return file.refusal
  const now = context.clock.now()
  const chain = file.value.chain.map(({ certificate }) => certificate)
  const looked = (options.bundle ? chain : chain.slice(0, 1)).map((certificate) => ({
    certificate,
    due: renewalDue(certificate, rule),
  }))
  for (const { certificate, due } of looked) {
    const needed = isDue(due, now)
    output.event(
      'renewal',
      eventOf(certificate, due, needed),
      `${certificate.subject}: ${words(certificate, due, now)}.`,
    )
  }
  const needed = looked.some(({ due }) => isDue(due, now))
  return { exit: needed ? 0 : 1, more: { needed } }
}

function isDue(due: number | undefined, now: number): boolean {
  return due !== undefined && due <= now
}

function eventOf({ subject, serial, notBefore, notAfter }: Certificate, due: number | undefined, needed: boolean) {
  return {
    subject,
    serial,
    notBefore: isoTime(notBefore),
    notAfter: isoTime(notAfter),
    needed,
    ...(due !== undefined && { due: isoTime(due) }),
  }
}

function words({ notAfter }: Certificate, due: number | undefined, now: number): string {
  if (due === undefined) return 'no renewal is ever needed, it has no end'
  const end = `${isoTime(notAfter)} (${relativeTime(notAfter, now)})`
  if (notAfter <= now) return `renewal is needed, it expired ${end}`
  if (due <= now) return `renewal is needed since ${isoTime(due)}; it ends ${end}`
  return `no renewal is needed before ${isoTime(due)} (${relativeTime(due, now)}); it ends ${end}`
}

function noRule(typed: string): Ending {
  return {
    exit: 2,
    failure: {
      what: `--expires-in ${typed} is no span of time`,
      state: 'nothing was changed',
      why: 'a share of its life (1% to 100%) is expected, or a time before its end in s, m, h or d',
      next: 'repeat with --expires-in 66% or --expires-in 30d',
    },
  }
}
