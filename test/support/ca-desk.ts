import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileNames } from '../../src/cli/ca/folder.ts'
import type { Context } from '../../src/cli/context.ts'
import { ensureHome } from '../../src/cli/home/home.ts'
import type { AuthorityFiles } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { passphrase, testAuthority } from './authority.ts'
import { type Desk, desk, type Ran } from './cli.ts'

/** A desk whose home has an authority. Its clock is the real one: openssl and Mosquitto look at theirs. */
export interface CaDesk extends Desk {
  /** The folder of the authority. */
  readonly ca: string
  readonly files: AuthorityFiles
  path(name: string): string
  /** `sectag ca …` with the passphrase in the environment. */
  run(argv: readonly string[], more?: Partial<Context>): Promise<Ran>
}

/** The environment of somebody who knows the passphrase. */
export function knowing(folder: string, words = passphrase): Record<string, string> {
  return { SECTAG_HOME: join(folder, 'home'), SECTAG_CA_PASSPHRASE: words }
}

/** A desk in whose home there is no authority yet; `run` knows the passphrase. */
export function caDeskWithout(): Omit<CaDesk, 'files'> {
  const made = desk(systemClock)
  const { folder } = made
  return {
    ...made,
    ca: join(folder, 'home', 'ca'),
    path: (name) => join(folder, name),
    run: (argv, more = {}) => made.run(argv, { env: knowing(folder), ...more }),
  }
}

/** A desk with an authority as `ca init` would have made it; the one that all tests share unless another is given. */
export async function caDesk(given?: AuthorityFiles): Promise<CaDesk> {
  const made = caDeskWithout()
  const files = given ?? (await testAuthority()).files
  ensureHome(join(made.folder, 'home'))
  mkdirSync(made.ca, { mode: 0o700 })
  for (const [part, name] of Object.entries(fileNames))
    writeFileSync(join(made.ca, name), files[part as keyof AuthorityFiles], { mode: 0o600 })
  return { ...made, files }
}
