import { type AuthorityCertificates, type AuthorityFiles, readAuthority } from '../../pki/index.ts'
import { type Outcome, ok, refused } from '../../terms/index.ts'
import { homeAt, homePath } from '../home/home.ts'
import type { Ending } from '../output.ts'
import { noAuthority, notOpened } from './endings.ts'
import { readFolder } from './folder.ts'
import type { AuthorityOptions, World } from './world.ts'

/** The authority of a home for verbs that need no key of it. */
export interface AuthorityHere extends AuthorityCertificates {
  readonly folder: string
  readonly files: AuthorityFiles
  readonly rootKeyHere: boolean
}

/** Looks at the authority in the home that was named; no passphrase is needed, and nothing is changed. */
export async function authorityHere(
  { context }: World,
  options: AuthorityOptions,
): Promise<Outcome<AuthorityHere, Ending>> {
  const folder = homeAt(homePath(options.home, context.env, context.cwd)).ca
  const found = readFolder(folder)
  if (found.is !== 'whole') return refused(noAuthority(found, folder, options.home))
  const read = await readAuthority(found.files)
  if (!read.ok) return refused(notOpened(read.refusal, folder, options.home))
  return ok({ ...read.value, folder, files: found.files, rootKeyHere: found.rootKeyHere })
}
