import type { IssueProfile, RevocationReason } from '../../pki/index.ts'
import type { Ending } from '../output.ts'
import type { ImportFlags } from './import-options.ts'
import type { LineFlags } from './line-options.ts'
import type { AuthorityOptions, World } from './world.ts'

/** Everything that can be typed behind `sectag ca`; each action takes some of it. */
export interface CaOptions extends AuthorityOptions, ImportFlags, LineFlags {
  readonly name?: readonly string[]
  readonly crlUrl?: string
  readonly profile?: IssueProfile
  readonly request?: string
  readonly newKey?: string
  readonly subject?: string
  readonly days?: number
  readonly shelfDays?: number
  readonly out?: string
  readonly cert?: string
  readonly serial?: string
  readonly reason?: RevocationReason
  readonly all?: boolean
  readonly root?: boolean
  /** What stands behind the action and is no option. */
  readonly file?: string
}

/** One thing that `sectag ca` does; one file each, its options in `options.ts`. */
export interface CaAction {
  readonly name: string
  /** What it does, for `--help`. */
  readonly explained: string
  /** Which options go with it, as commander names them, beside `--json`, `--quiet` and `--home`. */
  readonly options: readonly (keyof CaOptions)[]
  run(world: World, options: CaOptions): Promise<Ending>
}
