import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { longestChain, longestCommand } from '../../numbers/index.ts'
import { armour, type Issued, type IssueProfile, type KeyPair, makeRequest, newKeyPair } from '../../pki/index.ts'
import { type Bytes, hex, isoTime, type Outcome, ok, refused, Secret, utf8 } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { type NewFile, putNewFiles } from '../home/on-disk.ts'
import type { Ending, Output } from '../output.ts'
import { table } from '../table.ts'
import { wrong } from './endings.ts'
import { notIssued } from './not-issued.ts'
import { issueAndRecord, openHomeAuthority } from './open.ts'
import { readRequestFile } from './request-file.ts'
import type { AuthorityOptions, World } from './world.ts'

/** What was typed behind `ca issue`. */
export interface IssueOptions extends AuthorityOptions {
  readonly profile?: IssueProfile
  readonly request?: string
  readonly newKey?: string
  readonly subject?: string
  readonly names: readonly string[]
  readonly days?: number
  readonly out?: string
}

/** What is to be issued, with its places checked. */
interface Wish {
  readonly profile: IssueProfile
  readonly out: string
  readonly from: { readonly request: string } | { readonly key: string }
}

/** A request, and the key file that goes with it where the key was made here. */
interface Asked {
  readonly request: Bytes
  readonly key?: NewFile
}

const usage = 'sectag ca issue --help'

/** `sectag ca issue`: writes a certificate with the issuing CA behind it, and its key where one is made for it. */
export async function issue(world: World, options: IssueOptions): Promise<Ending> {
  const { context, output } = world
  const wish = readWish(context, options)
  if (!wish.ok) return wish.refusal
  const { profile, out, from } = wish.value
  const asked = await ask(world, from, options)
  if (!asked.ok) return asked.refusal
  const home = await openHomeAuthority(world, options)
  if (!home.ok) return home.refusal
  const { request, key } = asked.value
  const { subject, names, days } = options
  const order = {
    profile,
    request,
    names,
    ...(subject !== undefined && { subject }),
    ...(days !== undefined && { days }),
  }
  const issued = await issueAndRecord(home.value, order)
  if (!issued.ok) return notIssued(issued.refusal, options.home)
  const failed = put(context, [
    ...(key === undefined ? [] : [key]),
    { path: out, text: issued.value.chain, mode: 0o644 },
  ])
  if (failed !== undefined) return notWritten(issued.value, failed)
  tell(output, profile, issued.value, out, key?.path)
  warnOfLength(output, profile, issued.value)
  return { exit: 0, more: { serial: issued.value.certificate.serial } }
}

function readWish({ cwd }: Context, { profile, request, newKey, out }: IssueOptions): Outcome<Wish, Ending> {
  if (profile === undefined) return no('no profile was named', 'a server and a device need different certificates')
  if (out === undefined) return no('--out was not given', 'the certificate must be written somewhere')
  if ((request === undefined) === (newKey === undefined))
    return no('either --request or --new-key is needed', 'a certificate is for one key: there already, or made now')
  const path = resolve(cwd, out)
  const key = newKey === undefined ? undefined : resolve(cwd, newKey)
  if (path === key) return no('--out and --new-key name the same file', 'a certificate is given away, its key is not')
  for (const file of [path, ...(key === undefined ? [] : [key])]) {
    const taken = checkPlace(file)
    if (taken !== undefined) return refused(taken)
  }
  return ok({ profile, out: path, from: key === undefined ? { request: request ?? '' } : { key } })
}

function no(what: string, why: string): { ok: false; refusal: Ending } {
  return refused(wrong(what, why, usage))
}

/** Whether a new file can be put there: known before anything is issued. */
function checkPlace(file: string): Ending | undefined {
  if (existsSync(file) || isLink(file))
    return wrong(
      `there is a file ${file} already`,
      'a file is never replaced: it may be the only copy of a key',
      'repeat with another name, or move that file away',
    )
  try {
    if (!statSync(dirname(file)).isDirectory()) throw new Error('it is no folder')
    accessSync(dirname(file), constants.W_OK)
    return undefined
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return wrong(
      `no file can be put into ${dirname(file)}: ${text}`,
      'there must be a folder that may be written to',
      usage,
    )
  }
}

/** Also a link that leads nowhere is somebody's. */
function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}

async function ask(
  { context, output }: World,
  from: Wish['from'],
  options: IssueOptions,
): Promise<Outcome<Asked, Ending>> {
  if ('request' in from) {
    const read = readRequestFile(context, from.request)
    return read.ok ? ok({ request: read.value }) : read
  }
  const subject = options.subject ?? options.names[0]
  if (subject === undefined) return no('--subject was not given', 'a new key has no request that would name its holder')
  const pair = await newKeyPair()
  const text = keyText(pair)
  output.know(new Secret(utf8(text)))
  return ok({ request: await makeRequest(pair, subject), key: { path: from.key, text, mode: 0o600 } })
}

/** Unencrypted, because Mosquitto at its start and a modem have nobody who could type a passphrase. */
function keyText({ privateKey }: KeyPair): string {
  return armour({ label: 'PRIVATE KEY', der: privateKey.pkcs8 })
}

function put({ random }: Context, files: readonly NewFile[]): string | undefined {
  try {
    putNewFiles(files, hex(random.bytes(4)))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function notWritten({ certificate }: Issued, text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the files could not be written: ${text}`,
      state: `serial ${certificate.serial} is recorded as issued, and nobody has the certificate`,
      why: 'likely: the disk is full, or somebody made a file of that name in the meantime',
      next: 'repeat it: the certificate gets another serial',
    },
  }
}

function tell(
  output: Output,
  profile: IssueProfile,
  { certificate }: Issued,
  out: string,
  key: string | undefined,
): void {
  const { subject, serial, fingerprint } = certificate
  const notAfter = isoTime(certificate.notAfter)
  const rows = [
    ['certificate', `${out}, with the issuing CA behind it`],
    ...(key === undefined ? [] : [['key', `${key}, unencrypted: only its owner may read it`]]),
    ['valid until', notAfter],
    ['serial', serial],
    ['SHA-256', fingerprint],
  ]
  output.event(
    'issued',
    { profile, subject, serial, notAfter, fingerprint, out, ...(key !== undefined && { key }) },
    table([profile, subject], rows),
  )
}

/** What a modem takes from a server (PEM-34), and what goes through an AT host in one command (PEM-31). */
function warnOfLength(output: Output, profile: IssueProfile, { chain }: Issued): void {
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
