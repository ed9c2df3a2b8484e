import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { armour, encryptKey, issuingUnder, longestAuthorityName, openKey, type PrivateKey } from '../../pki/index.ts'
import { hex, isoTime, type Outcome, ok, refused, type Secret } from '../../terms/index.ts'
import { ensureHome, type Home } from '../home/home.ts'
import { appendValue } from '../home/json-lines.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { homeWords, wrong } from './endings.ts'
import { readLineWish, type LineWish } from './line-wish.ts'
import type { CaAction, CaOptions } from './action.ts'
import { type AuthorityHere, authorityHere } from './look.ts'
import { checkNewPassphrase, readPassphrase } from './passphrase.ts'
import { putAuthority } from './put-folder.ts'
import { quotaName, quotaText } from './quota.ts'
import { notRecorded } from './record-problem.ts'
import type { World } from './world.ts'

/** Where the root keeps which lines it has made, a line each: on the disk before the line is. */
function linesFile(folder: string): string {
  return join(folder, 'lines.jsonl')
}

/**
 * `sectag ca line`: makes a home of its own with an issuing CA for a production line, which certifies so many devices until
 * a date, and no servers. The root's key is needed here and does not travel.
 */
export const lineAction: CaAction = {
  name: 'line',
  explained: 'makes the home of a production line: its CA certifies --quota devices --until a date; needs root.key',
  options: ['name', 'quota', 'until', 'days', 'out', 'linePassphraseFile', 'passphraseFile'],
  run: line,
}

async function line(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const wish = readLineWish(options, context.clock.now())
  if (!wish.ok) return wish.refusal
  const here = await authorityHere(world, options)
  if (!here.ok) return here.refusal
  if (here.value.root.notAfter <= context.clock.now()) return rootOver(here.value)
  const opened = await openRoot(world, here.value, options)
  if (!opened.ok) return opened.refusal
  const words = readLineWords(world, options, opened.value.words)
  if (!words.ok) return words.refusal
  const home = newHome(resolve(context.cwd, wish.value.out))
  if (!home.ok) return home.refusal
  const made = await makeLine(world, here.value, opened.value.key, {
    wish: wish.value,
    words: words.value,
    home: home.value,
  })
  if (made !== undefined) return made
  const { out, quota, until } = wish.value
  output.notice(
    'line',
    `Take ${out} to the line, with its passphrase. There: sectag ca issue --profile device … --home ${shellWord(out)}. The root trusts it from now on: ${quota} certificates until ${isoTime(until)} are kept by sectag, so guard its passphrase.`,
  )
  return { exit: 0, more: { quota, until: isoTime(until) } }
}

function rootOver({ root }: AuthorityHere): Ending {
  return {
    exit: 5,
    failure: {
      what: `the root CA expired ${isoTime(root.notAfter)}`,
      state: 'nothing was made',
      why: 'whatever would be certified under it would be worthless from the first day',
      next: 'sectag ca init --name NAME   # a new authority, in another --home',
    },
  }
}

async function openRoot(
  world: World,
  { files, rootKeyHere, folder }: AuthorityHere,
  options: CaOptions,
): Promise<Outcome<{ readonly key: PrivateKey; readonly words: Secret }, Ending>> {
  if (!rootKeyHere)
    return refused({
      exit: 6,
      failure: {
        what: `root.key is not in ${folder}`,
        state: 'nothing was made',
        why: 'only the root can make the CA of a line; it is kept elsewhere, as it should be',
        next: `put root.key back for this one command, and take it away again: sectag ca show${homeWords(options.home)}`,
      },
    })
  const words = readPassphrase(world, options)
  if (!words.ok) return words
  const key = await openKey(files.rootKey, words.value)
  if (key.ok) return ok({ key: key.value, words: words.value })
  const why = 'it is another one than at `sectag ca init`, or root.key was changed'
  return refused(
    wrong(
      `the root's key: ${key.refusal.text}`,
      why,
      'repeat with --passphrase-file FILE, or with $SECTAG_CA_PASSPHRASE set',
    ),
  )
}

/** A line has a passphrase of its own, or the authority's. */
function readLineWords(world: World, { linePassphraseFile }: CaOptions, words: Secret): Outcome<Secret, Ending> {
  const variable = 'SECTAG_LINE_PASSPHRASE'
  if (linePassphraseFile === undefined && !world.context.env[variable]) {
    world.output.warn(
      'same-passphrase',
      'The line has the passphrase of the authority; --line-passphrase-file gives it one of its own.',
    )
    return ok(words)
  }
  const options = linePassphraseFile === undefined ? {} : { passphraseFile: linePassphraseFile }
  const read = readPassphrase(world, options, { flag: '--line-passphrase-file', variable })
  const weak = read.ok ? checkNewPassphrase(read.value) : undefined
  return weak === undefined ? read : refused(weak)
}

/** What a line that was cut before it was finished leaves: a home without an authority. */
const begun = /^(?:version|journal|runs|known|ca\.making-.*)$/

function newHome(path: string): Outcome<Home, Ending> {
  try {
    if (existsSync(path) && readdirSync(path).some((name) => !begun.test(name)))
      throw new Error('there is something in it already')
    return ok(ensureHome(path))
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return refused(
      wrong(
        `no home of a line can be made in ${path}: ${text}`,
        'it becomes a folder of its own',
        'repeat with another --out',
      ),
    )
  }
}

async function makeLine(
  { context, output }: World,
  { root, folder, files }: AuthorityHere,
  rootKey: PrivateKey,
  { wish, words, home }: { readonly wish: LineWish; readonly words: Secret; readonly home: Home },
): Promise<Ending | undefined> {
  const { clock, random } = context
  const { quota, until, days } = wish
  const name = `${wish.name.slice(0, longestAuthorityName)} line CA`
  const order = { profile: 'line', name, root, rootKey, now: clock.now(), random, signsUntil: until } as const
  const { certificate, key, crlUrl } = await issuingUnder({ ...order, ...(days !== undefined && { days }) })
  const { serial, subject, fingerprint } = certificate
  const told = { serial, subject, fingerprint, notAfter: isoTime(certificate.notAfter), quota, until: isoTime(until) }
  try {
    appendValue(linesFile(folder), { ...told, at: isoTime(clock.now()) })
  } catch (error) {
    return notNoted(notRecorded(error).text)
  }
  const issuingCertificate = armour({ label: 'CERTIFICATE', der: certificate.der })
  const issuingKey = await encryptKey(key, words, random)
  const line = { rootCertificate: files.rootCertificate, rootKey: '', issuingCertificate, issuingKey, crlUrl }
  const more = [{ name: quotaName, text: quotaText(quota) }]
  const failed = putAuthority(home, line, { id: hex(random.bytes(4)), typed: wish.out, more })
  if (failed !== undefined) return failed
  output.event(
    'production-line',
    { ...told, out: home.path },
    `Made: a line in ${home.path}, for ${quota} certificates until ${isoTime(until)}; what it certifies ends ${told.notAfter} at the latest.`,
  )
  return undefined
}

function notNoted(text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the line could not be written down: ${text}`,
      state: 'no line was made',
      why: 'likely: the disk is full, or the home cannot be written to',
      next: 'repeat it when there is room',
    },
  }
}
