import type { AuthorityProblem } from '../../pki/index.ts'
import { shellWord } from '../shell-word.ts'
import type { Ending } from '../output.ts'
import type { AuthorityFolder } from './folder.ts'

/** `--home` as it would be typed again, with a blank in front; empty where it was not typed. */
export function homeWords(home: string | undefined): string {
  return home === undefined ? '' : ` --home ${shellWord(home)}`
}

/** A folder that holds no authority which could be used. */
export function noAuthority(
  found: Exclude<AuthorityFolder, { is: 'whole' }>,
  folder: string,
  home: string | undefined,
): Ending {
  switch (found.is) {
    case 'absent':
      return {
        exit: 6,
        failure: {
          what: `there is no authority in ${folder}`,
          state: found.begun.length === 0 ? 'nothing was issued' : 'nothing was issued, now or before',
          why:
            found.begun.length === 0
              ? 'none was made in this home'
              : 'a `sectag ca init` was cut before it was finished; the next one sweeps up what it left',
          next: `sectag ca init --name NAME${homeWords(home)}`,
        },
      }
    case 'incomplete':
      return damaged(
        `the authority in ${folder} lacks ${found.missing.join(', ')}`,
        'files of it were deleted or moved away; an init that is cut leaves no such folder',
        `ls -l ${shellWord(folder)}   # and put them back from your copy`,
      )
    case 'unreadable':
      return damaged(
        `the authority in ${folder} cannot be read: ${found.text}`,
        'its files belong to somebody else, or the disk is bad',
        `ls -l ${shellWord(folder)}`,
      )
  }
}

/** An authority whose files are there and cannot be used. */
export function notOpened(problem: AuthorityProblem, folder: string, home: string | undefined): Ending {
  if (problem.code !== 'wrong-passphrase')
    return damaged(
      `the authority in ${folder} cannot be used: ${problem.text}`,
      'its files were changed, or come from different authorities',
      `sectag ca show${homeWords(home)}   # after putting them back from your copy`,
    )
  return {
    exit: 2,
    failure: {
      what: 'the passphrase does not open the key of the issuing CA',
      state: 'nothing was issued; the authority is as it was',
      why: 'it is another one than at `sectag ca init`; without it, nobody can issue',
      next: 'repeat with --passphrase-file FILE, or with $SECTAG_CA_PASSPHRASE set',
    },
  }
}

function damaged(what: string, why: string, next: string): Ending {
  return { exit: 5, failure: { what, state: 'nothing was changed and nothing was issued', why, next } }
}

/** A command line of `ca` that cannot be carried out. */
export function wrong(what: string, why: string, next: string): Ending {
  return { exit: 2, failure: { what, state: 'nothing was made and nothing was issued', why, next } }
}
