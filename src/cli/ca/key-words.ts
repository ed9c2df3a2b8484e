import type { Outcome, Secret } from '../../terms/index.ts'
import { ok } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import type { CaOptions } from './action.ts'
import { readPassphrase } from './passphrase.ts'
import type { World } from './world.ts'

const variable = 'SECTAG_KEY_PASSPHRASE'

/** The passphrase of keys as they come; the authority's own where no other is named. */
export function readKeyWords(world: World, { keyPassphraseFile }: CaOptions, words: Secret): Outcome<Secret, Ending> {
  if (keyPassphraseFile === undefined && !world.context.env[variable]) return ok(words)
  const options = keyPassphraseFile === undefined ? {} : { passphraseFile: keyPassphraseFile }
  return readPassphrase(world, options, { flag: '--key-passphrase-file', variable })
}
