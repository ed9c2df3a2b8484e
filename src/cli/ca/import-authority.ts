import { resolve } from 'node:path'
import { adoptAuthority, type AdoptProblem, type ForeignCa, openKey } from '../../pki/index.ts'
import { certificatesOf } from '../../plan/index.ts'
import { byteText, hex, type Outcome, ok, refused, type Secret } from '../../terms/index.ts'
import { readyHome } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { readFile } from '../read-file.ts'
import { shellWord } from '../shell-word.ts'
import { homeWords, noAuthority, wrong } from './endings.ts'
import { readFolder } from './folder.ts'
import type { CaOptions } from './action.ts'
import { readKeyWords } from './key-words.ts'
import { checkNewPassphrase, readPassphrase } from './passphrase.ts'
import { alreadyThere, putAuthority } from './put-folder.ts'
import { show } from './show.ts'
import type { World } from './world.ts'

/**
 * `sectag ca import --root-cert …`: an authority out of a CA that was made elsewhere. Its keys are encrypted anew; the files
 * that were named stay as they are.
 */
export async function importAuthority(world: World, options: CaOptions): Promise<Ending> {
  const { context, output } = world
  const passphrase = readPassphrase(world, options)
  if (!passphrase.ok) return passphrase.refusal
  const weak = checkNewPassphrase(passphrase.value)
  if (weak !== undefined) return weak
  const cas = await readCas(world, options, passphrase.value)
  if (!cas.ok) return cas.refusal
  const home = readyHome(options.home, context)
  if ('exit' in home) return home
  const there = readFolder(home.ca)
  if (there.is === 'whole') return alreadyThere(home, options.home)
  if (there.is !== 'absent') return noAuthority(there, home.ca, options.home)
  const { root, issuing } = cas.value
  const files = await adoptAuthority({
    root,
    ...(issuing !== undefined && { issuing }),
    name: options.name?.[0] ?? newName(root),
    ...(options.crlUrl !== undefined && { crlUrl: options.crlUrl }),
    passphrase: passphrase.value,
    now: context.clock.now(),
    random: context.random,
  })
  if (!files.ok) return notAdopted(files.refusal)
  const failed = putAuthority(home, files.value, { id: hex(context.random.bytes(4)), typed: options.home })
  if (failed !== undefined) return failed
  output.say(`Imported: an authority in ${home.ca}.`)
  const shown = await show(world, options)
  output.notice('imported', importedWords(issuing === undefined, homeWords(options.home)))
  return shown
}

function importedWords(isNew: boolean, home: string): string {
  const made = isNew ? 'A new issuing CA was made under the root. ' : ''
  return `${made}Its keys are encrypted with the passphrase now; the files that were named are as they were, so put them away. What it issued before is not known here: \`sectag ca import --issued FILE${home}\`, and \`--crl FILE\` for what it revoked.`
}

/** At most 64 characters (RFC 5280, appendix A.1). */
function newName({ details }: ForeignCa): string {
  const [, name = details.certificate.subject] = /CN=((?:[^,\\]|\\.)+)/.exec(details.certificate.subject) ?? []
  return `${name.slice(0, 64 - ' issuing CA'.length)} issuing CA`
}

type Cas = { readonly root: ForeignCa; readonly issuing?: ForeignCa }

async function readCas(world: World, options: CaOptions, words: Secret): Promise<Outcome<Cas, Ending>> {
  const { rootCert, rootKey, issuingCert, issuingKey } = options
  const keyWords = readKeyWords(world, options, words)
  if (!keyWords.ok) return keyWords
  const issuing = issuingCert === undefined ? undefined : await readCa(world, issuingCert, issuingKey, keyWords.value)
  if (issuing?.ok === false) return issuing
  const root = rootCert === undefined ? issuing : await readCa(world, rootCert, rootKey, keyWords.value)
  if (root === undefined)
    return refused(wrong('no CA was named', '--root-cert or --issuing-cert is needed', 'sectag ca --help'))
  if (!root.ok) return root
  return ok({ root: root.value, ...(issuing !== undefined && { issuing: issuing.value }) })
}

async function readCa(
  { context }: World,
  name: string,
  keyName: string | undefined,
  words: Secret,
): Promise<Outcome<ForeignCa, Ending>> {
  const content = readFile(resolve(context.cwd, name), name)
  if (!(content instanceof Uint8Array)) return unreadable(content.text, name)
  const [details] = certificatesOf(content).chain
  if (details === undefined) return unreadable(`${name} holds no certificate that can be read`, name)
  if (keyName === undefined) return ok({ details })
  const text = readFile(resolve(context.cwd, keyName), keyName)
  if (!(text instanceof Uint8Array)) return unreadable(text.text, keyName)
  const key = await openKey(byteText(text), words)
  if (key.ok) return ok({ details, key: key.value })
  const wrongWords = key.refusal.code === 'wrong-passphrase'
  const why = wrongWords ? 'it has another passphrase than the authority' : 'the key of the CA must sign'
  const next = wrongWords
    ? 'repeat with --key-passphrase-file FILE, or with $SECTAG_KEY_PASSPHRASE set'
    : `openssl pkcs8 -topk8 -v2 aes-256-cbc -in ${shellWord(keyName)} -out NEW.key`
  return refused(wrong(`the key in ${keyName} cannot be used: ${key.refusal.text}`, why, next))
}

function unreadable(what: string, name: string): { ok: false; refusal: Ending } {
  return refused(wrong(what, 'likely: another file was named', `openssl x509 -in ${shellWord(name)} -noout -text`))
}

const whys: Readonly<Record<AdoptProblem['code'], string>> = {
  'not-a-ca': 'likely: the certificate of a server or a board was named',
  'may-not-sign': 'whoever made it meant it for something else',
  expired: 'what it would issue would be worthless from the first day',
  'not-yet-valid': 'likely: a clock is wrong, here or where it was made',
  'key-kind': 'modems and brokers take no other keys, or should not',
  'broken-hash': 'SHA-1 and MD5 signatures can be forged',
  'no-key': 'an authority signs; without the key of the issuing CA, or of the root for a new one, it cannot',
  'key-does-not-fit': 'likely: the files belong to different CAs',
  'not-a-root': 'boards trust a root by itself',
  'broken-chain': 'likely: the files belong to different CAs',
  'path-length': 'no verifier would accept what is issued below it',
}

const nexts: Partial<Record<AdoptProblem['code'], string>> = {
  'no-key': 'repeat with --issuing-cert and --issuing-key, or with --root-key',
  'not-a-root': 'repeat with --root-cert and the root of its chain',
  'path-length': 'repeat with --issuing-cert and --issuing-key: the CA itself issues then',
  expired: 'sectag ca init --name NAME   # a new authority',
}

/** 5 where the CA itself is at fault, 2 where it was named wrongly. */
function notAdopted({ code, text }: AdoptProblem): Ending {
  const named = code === 'no-key' || code === 'not-a-root' || code === 'not-a-ca'
  const next = nexts[code] ?? 'sectag cert inspect FILE'
  return { ...wrong(`this CA is not taken: ${text}`, whys[code], next), exit: named ? 2 : 5 }
}
