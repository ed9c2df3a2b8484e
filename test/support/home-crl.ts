import { makeCrl } from '../../src/cli/ca/make-crl.ts'
import { openAuthority } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import { passphrase } from './authority.ts'
import type { CaDesk } from './ca-desk.ts'

/** The next list of a desk's authority, as PEM. */
export async function readHomeCrl({ ca, files }: CaDesk): Promise<string> {
  const opened = await openAuthority(files, new Secret(utf8(passphrase)))
  if (!opened.ok) throw new Error(opened.refusal.text)
  const home = { authority: opened.value, folder: ca, clock: systemClock, random: systemRandom }
  const made = await makeCrl(home, {})
  if (!made.ok) throw new Error(made.refusal.text)
  return made.value.pem
}
