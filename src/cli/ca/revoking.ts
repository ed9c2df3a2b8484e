import { commonNameText, serialKey } from '../../pki/index.ts'
import { type Instant, isoTime, type Outcome, ok, refused } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import type { CaOptions } from './action.ts'
import { wrong } from './endings.ts'
import { type IssuedEntry, readRegister } from './register.ts'
import { readRevocations } from './revocations.ts'

/** Who is to be revoked. */
export interface Revoking {
  readonly serial: string
  readonly subject: string
  /** Its signature was looked at, so it need not be in the register. */
  readonly unregistered: boolean
}

/** Whole, or in octets with colons between them, as tools print it. What is taken back for ever is not guessed from half a text. */
const hexadecimal = /^(?:0x)?(?:[\da-f]+|[\da-f]{1,2}(?::[\da-f]{2})+)$/i

/** Who is meant by a serial number, or by a subject, as the register has them. */
export function revokingByName(
  folder: string,
  { serial, subject = '', all = false }: CaOptions,
  now: Instant,
): Outcome<readonly Revoking[], Ending> {
  if (serial !== undefined && !hexadecimal.test(serial)) return refused(noSerial(serial))
  const { entries } = readRegister(folder)
  if (serial === undefined) return bySubject(folder, entries, { subject, all, now })
  const key = serialKey(serial)
  const found = entries.find((entry) => serialKey(entry.serial) === key)
  return ok([{ serial: key, subject: found?.subject ?? 'unknown', unregistered: false }])
}

/** All that are valid under a subject; those that are revoked already, where there is no other, so that a repetition ends well. */
function bySubject(
  folder: string,
  entries: readonly IssuedEntry[],
  { subject, all, now }: { readonly subject: string; readonly all: boolean; readonly now: Instant },
): Outcome<readonly Revoking[], Ending> {
  const revoked = new Set(readRevocations(folder).entries.map((entry) => entry.serial))
  const named = entries.filter((entry) => entry.subject === commonNameText(subject) && entry.notAfter > now)
  const [valid, over] = [
    named.filter(({ serial }) => !revoked.has(serial)),
    named.filter(({ serial }) => revoked.has(serial)),
  ]
  const meant = (valid.length > 0 ? valid : over).map((entry) => ({ ...entry, unregistered: false }))
  if (meant.length === 0) return refused(nobody(subject))
  return valid.length > 1 && !all ? refused(several(subject, valid)) : ok(meant)
}

function noSerial(text: string): Ending {
  return wrong(
    `${JSON.stringify(text)} is not a hexadecimal serial`,
    'hexadecimal digits are expected, with colons between octets or without',
    'sectag ca show   # lists them',
  )
}

function nobody(subject: string): Ending {
  return wrong(
    `no certificate of ${JSON.stringify(subject)} is valid`,
    'likely: it is spelled otherwise, or it has run out',
    'sectag ca show   # lists them',
  )
}

function several(subject: string, valid: readonly IssuedEntry[]): Ending {
  const listed = valid.map(({ serial, notAfter }) => `${serial} (until ${isoTime(notAfter)})`)
  return {
    exit: 6,
    failure: {
      what: `${valid.length} certificates of ${JSON.stringify(subject)} are valid: ${listed.join(', ')}`,
      state: 'none was revoked',
      why: 'one may be the successor of another, and still be needed',
      next: 'repeat with --serial and one of them, or with --all',
    },
  }
}
