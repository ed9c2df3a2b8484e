import { type Certificate, issuedAs, issuedBy, serialKey } from '../../pki/index.ts'
import { isoTime, type Outcome, ok, refused, type Secret } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { homeWords } from './endings.ts'
import { type ImportedFiles, readImported } from './imported-files.ts'
import type { CaOptions } from './action.ts'
import { readKeyWords } from './key-words.ts'
import { keepKeys } from './kept-keys.ts'
import { type AuthorityHere, authorityHere } from './look.ts'
import { openHomeAuthority } from './open.ts'
import { readPassphrase } from './passphrase.ts'
import { notRecorded } from './record-problem.ts'
import { type IssuedEntry, readRegister, recordAll } from './register.ts'
import type { World } from './world.ts'

/**
 * `sectag ca import --issued …`: writes certificates that this CA issued elsewhere into the register, so that they can be
 * revoked and renewed. All files are checked before anything is recorded.
 */
export async function importCertificates(world: World, options: CaOptions, names: readonly string[]): Promise<Ending> {
  const here = await authorityHere(world, options)
  if (!here.ok) return here.refusal
  const words = options.keepKey === true ? await keepingWords(world, options) : ok(undefined)
  if (!words.ok) return words.refusal
  const files = await readImported(world, names, words.value?.keys)
  if (!files.ok) return files.refusal
  const entries = await entriesOf(world, here.value, files.value, options)
  if (!entries.ok) return entries.refusal
  const { fresh, known } = entries.value
  try {
    if (words.value !== undefined) {
      const failed = await keepKeys(world, here.value.folder, files.value, words.value.authority)
      if (failed !== undefined) return failed
    }
    recordAll(here.value.folder, fresh)
  } catch (error) {
    return notWritten(notRecorded(error).text)
  }
  tell(world, files.value, fresh, options)
  world.output.say(`${fresh.length} recorded, ${known} known already.`)
  return { exit: 0, more: { recorded: fresh.length, known } }
}

/** Keys are kept under the passphrase of the authority, which must be the right one. */
async function keepingWords(
  world: World,
  options: CaOptions,
): Promise<Outcome<{ readonly authority: Secret; readonly keys: Secret }, Ending>> {
  const opened = await openHomeAuthority(world, options)
  if (!opened.ok) return opened
  const authority = readPassphrase(world, options)
  if (!authority.ok) return authority
  const keys = readKeyWords(world, options, authority.value)
  return keys.ok ? ok({ authority: authority.value, keys: keys.value }) : keys
}

async function entriesOf(
  { context }: World,
  { folder, root, issuing }: AuthorityHere,
  { certificates }: ImportedFiles,
  { home }: CaOptions,
): Promise<Outcome<{ fresh: IssuedEntry[]; known: number }, Ending>> {
  const now = context.clock.now()
  const bySerial = new Map(readRegister(folder).entries.map((entry) => [serialKey(entry.serial), entry]))
  const fresh: IssuedEntry[] = []
  let known = 0
  for (const { file, details } of certificates) {
    const { certificate } = details
    if ([root.fingerprint, issuing.fingerprint].includes(certificate.fingerprint)) continue
    if (certificate.ca || !(await issuedBy(certificate, issuing))) return refused(notOurs(file, certificate, issuing))
    const serial = serialKey(certificate.serial)
    const before = bySerial.get(serial)
    if (before !== undefined && before.fingerprint !== certificate.fingerprint)
      return refused(twice(file, certificate, before, home))
    if (before !== undefined) known++
    else {
      const entry = entryOf(certificate, now)
      fresh.push(entry)
      bySerial.set(serial, entry)
    }
  }
  return ok({ fresh, known })
}

function entryOf(certificate: Certificate, at: number): IssuedEntry {
  const { serial, subject, notAfter, fingerprint } = certificate
  const { profile } = issuedAs(certificate)
  return { serial: serialKey(serial), profile, subject, notAfter, fingerprint, at, imported: true }
}

function tell({ output }: World, { keys }: ImportedFiles, fresh: readonly IssuedEntry[], options: CaOptions): void {
  for (const { serial, profile, subject, notAfter, fingerprint } of fresh)
    output.event(
      'imported',
      { serial, profile, subject, notAfter: isoTime(notAfter), fingerprint },
      `${subject}  ${profile}, serial ${serial}, until ${isoTime(notAfter)}`,
    )
  if (options.keepKey === true) return
  for (const { file } of keys)
    output.warn('key-not-kept', `The private key in ${file} was not kept; --keep-key would keep it, encrypted.`)
}

function notOurs(file: string, { subject, issuer, ca }: Certificate, issuing: Certificate): Ending {
  return {
    exit: 5,
    failure: {
      what: ca ? `${file}: ${subject} is a CA` : `${file}: ${subject} was not issued by ${issuing.subject}`,
      state: 'nothing was recorded, of no file',
      why: ca
        ? 'an issuing CA of ours has none below it'
        : `it says that ${issuer} issued it; only its own CA can revoke it`,
      next: 'repeat without that file, or import its CA into another --home',
    },
  }
}

function twice(file: string, { subject, serial }: Certificate, before: IssuedEntry, home: string | undefined): Ending {
  return {
    exit: 5,
    failure: {
      what: `${file}: ${subject} and ${before.subject} bear one serial number, ${serial}`,
      state: 'nothing was recorded, of no file',
      why: 'the CA gave a number twice before it came here; revoking one would revoke the other',
      next: `sectag ca show${homeWords(home)}   # issue one of them again, and revoke the number`,
    },
  }
}

function notWritten(text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the register could not be written: ${text}`,
      state: 'what is recorded is whole; what is not can be imported again',
      why: 'likely: the disk is full, or the home cannot be written to',
      next: 'repeat it when there is room: what is recorded already is passed over',
    },
  }
}
