import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { IssueProfile } from '../../pki/index.ts'
import { type Outcome, ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { wrong } from './endings.ts'
import type { AuthorityOptions } from './world.ts'

/** What was typed behind `ca issue`. */
export interface IssueOptions extends AuthorityOptions {
  readonly profile?: IssueProfile
  readonly request?: string
  readonly newKey?: string
  readonly subject?: string
  readonly names: readonly string[]
  readonly days?: number
  readonly shelfDays?: number
  readonly out?: string
}

/** What is to be issued, with its places checked. */
export interface Wish {
  readonly profile: IssueProfile
  readonly out: string
  readonly from: { readonly request: string } | { readonly key: string }
}

const usage = 'sectag ca issue --help'

/** What was typed, if it makes sense and its files can be put where they are to go. */
export function readWish({ cwd }: Context, { profile, request, newKey, out }: IssueOptions): Outcome<Wish, Ending> {
  if (profile === undefined)
    return senseless('no profile was named', 'a server and a device need different certificates')
  if (out === undefined) return senseless('--out was not given', 'the certificate must be written somewhere')
  if ((request === undefined) === (newKey === undefined))
    return senseless(
      'either --request or --new-key is needed',
      'a certificate is for one key: there already, or made now',
    )
  const places = checkPlaces(cwd, out, newKey)
  if (!places.ok) return places
  const { out: path, key } = places.value
  return ok({ profile, out: path, from: key === undefined ? { request: request ?? '' } : { key } })
}

/** Where a certificate and its new key go, if they can be put there. */
export function checkPlaces(
  cwd: string,
  out: string,
  newKey: string | undefined,
): Outcome<{ readonly out: string; readonly key?: string }, Ending> {
  const path = resolve(cwd, out)
  const key = newKey === undefined ? undefined : resolve(cwd, newKey)
  if (path === key)
    return senseless('--out and --new-key name the same file', 'a certificate is given away, its key is not')
  for (const file of [path, ...(key === undefined ? [] : [key])]) {
    const taken = checkPlace(file)
    if (taken !== undefined) return refused(taken)
  }
  return ok({ out: path, ...(key !== undefined && { key }) })
}

/** A command line of `ca issue` that makes no sense. */
export function senseless(what: string, why: string, next = usage): { ok: false; refusal: Ending } {
  return refused(wrong(what, why, next))
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
      `mkdir -p ${shellWord(dirname(file))}   # or repeat with another place`,
    )
  }
}

/** Also a link that leads nowhere is somebody's. */
function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}
