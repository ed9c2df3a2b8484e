import type { DriverProblem } from '../../broker/index.ts'
import type { RecordProblem } from '../ca/record-problem.ts'
import { homeWords } from '../ca/endings.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import type { Typed } from '../verb.ts'

/** What stood in the way when the revocation was on the disk already. */
export type Obstacle = Omit<DriverProblem, 'code'> & { readonly code: DriverProblem['code'] | 'not-listed' }

/** The authority could not be opened. What its own verbs say of issuing is said here of revoking. */
export function notBegun({ failure, ...ending }: Ending): Ending {
  return {
    ...ending,
    ...(failure && { failure: { ...failure, state: 'nothing was revoked; the broker was not touched' } }),
  }
}

/** Nothing was revoked, because it could not be written down. */
export function notRecorded({ code, text }: RecordProblem, { options }: Typed): Ending {
  return {
    exit: code === 'register-damaged' ? 5 : 1,
    failure: {
      what: `the revocation could not be recorded: ${text}`,
      state: 'nothing was revoked; the broker was not touched',
      why: 'likely: the disk is full, or the register belongs to somebody else',
      next: `sectag ca show${homeWords(options['home'] as string | undefined)}`,
    },
  }
}

const reasons: Readonly<Record<Obstacle['code'], string>> = {
  'not-listed': 'likely: the disk is full, or a list was being made by somebody else',
  guarded: 'likely: this home comes from an old copy and has forgotten revocations, or a clock is wrong',
  'not-reached': 'nothing is put in place where it could not be shown that it works',
  'not-placed':
    'likely: --crl-file or --pid-file is not what mosquitto.conf names, or this user may not write the one or signal the other',
  'not-in-force':
    'likely: mosquitto.conf names another crlfile, or its user cannot read this one, which makes it let revoked boards in (REV-04)',
  'locked-out': "likely: the broker's clock is wrong, or it takes boards of another CA",
  'cannot-tell': 'a session is ended only where it is sure whose it is; nobody else may lose theirs',
  namesake: 'likely: the board has a newer certificate already, and the session is on that one',
  'not-ended': 'likely: an ACL or a plugin of the broker keeps others from this client id',
}

/** Revoked, and not shown to be out. The same command, typed again, goes on. */
export function partly(who: string, { code, text, state }: Obstacle, { line, options }: Typed): Ending {
  return {
    exit: 7,
    failure: {
      what: text,
      state: `${who} is revoked: every list from now on names it; ${state}`,
      why: reasons[code],
      next: nextOf(code, line, options),
    },
    more: { obstacle: code },
  }
}

function nextOf(code: Obstacle['code'], line: string, { crlFile, pidFile, brokerLog }: Typed['options']): string {
  const file = (name: unknown): string => shellWord(String(name))
  switch (code) {
    case 'not-placed':
      return `ls -l ${file(crlFile)} ${file(pidFile)}   # then, as a user who may: ${line}`
    case 'not-in-force':
    case 'not-ended':
      return `tail ${file(brokerLog)}   # it says why; then: ${line}`
    case 'cannot-tell':
      return `systemctl restart mosquitto   # ends every session; who is revoked stays out. Or name the whole log: ${line}`
    case 'guarded':
      return `sectag ca crl --out ${file(crlFile)}   # remembers who is revoked there; then: ${line}`
    case 'namesake':
      return `${line} --end-namesakes   # their sessions end too, and come back at once`
    case 'not-listed':
    case 'not-reached':
    case 'locked-out':
      return line
  }
}
