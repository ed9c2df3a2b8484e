import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HomeAuthority } from '../../src/cli/ca/open.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import { openAuthority } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import { passphrase } from './authority.ts'
import { type CaDesk, caDesk } from './ca-desk.ts'

/** A desk whose authority is open, and what may befall its files. */
export interface HomeDesk extends CaDesk {
  readonly home: HomeAuthority
  /** A file of the authority is gone. */
  lose(name: string): void
  /** Something else stands behind a file of the authority. */
  spoil(name: string, text: string): void
}

/** A desk with an open authority by the real clock: for what is below the verbs. */
export async function homeDesk(more: Partial<HomeAuthority> = {}): Promise<HomeDesk> {
  const made = await caDesk()
  const opened = await openAuthority(made.files, new Secret(utf8(passphrase)))
  if (!opened.ok) throw new Error(opened.refusal.text)
  const folder = made.ca
  return {
    ...made,
    home: { authority: opened.value, folder, clock: systemClock, random: systemRandom, ...more },
    lose: (name) => rmSync(join(folder, name)),
    spoil: (name, text) => appendFileSync(join(folder, name), text),
  }
}
