import { isoTime } from '../../terms/index.ts'
import type { Pin } from '../home/enrolled.ts'
import type { Failure } from '../failure.ts'
import type { Ending } from '../output.ts'
import { shellWord } from '../shell-word.ts'

const untouched = 'no board was asked, and nothing was changed'

/** What was typed cannot be carried out. */
export function wrongBirth(what: string, why: string, next = 'sectag prove-birth --help'): Ending {
  return { exit: 2, failure: { what, state: untouched, why, next } }
}

/** A file that was named and cannot be read. */
export function unreadable(text: string): Ending {
  return wrongBirth(text, 'the file is needed', 'name the file as it is')
}

/** Files in which no proof stands. */
export function noProofInFiles(names: readonly string[], attestations: number): Ending {
  const besides = attestations === 0 ? '' : '; an attestation token says which device it is, and nothing of a key'
  return wrongBirth(
    `there is no proof of a key in ${names.join(', ')}`,
    `a proof is what %KEYGEN answers, both halves with the point between them${besides}`,
  )
}

/** Of the modem's answer only the request was kept, as `nrfcredstore generate` does. */
export function onlyRequest(names: readonly string[]): Ending {
  return {
    exit: 1,
    failure: {
      what: `${names.join(', ')}: a signing request alone; whether its key was born in a modem is UNKNOWN`,
      state: untouched,
      why: 'the second half of what %KEYGEN answered, which is the proof, was not kept; the modem says it only once',
      next: `sectag prove-birth ${names.map(shellWord).join(' ')} DIALOGUE.log   # if the dialogue was kept`,
    },
  }
}

/** The home has met this device, with another identity key than the one that was given. */
export function otherPin({ at, deviceUuid, identityKey, board }: Pin & { board: string }): Ending {
  return {
    exit: 5,
    failure: {
      what: `--identity-key is NOT the identity key of device ${deviceUuid}`,
      state: untouched,
      why: `this home has pinned ${identityKey} for it at ${isoTime(at)}, as board ${board}`,
      next: `sectag prove-birth --imei ${board}   # what is known of that board`,
    },
  }
}

/** A link that does not hold: what was shown is worth nothing. */
export function brokenBirth(names: readonly string[], why: string, line: string): Failure {
  return {
    what: `not shown to be born in a modem: ${names.join('; ')}`,
    state: untouched,
    why,
    next: `${line} --json   # every link by itself; \`sectag apply --enrol device --rewrite\` has a new key born`,
  }
}

/**
 * Nothing is wrong, and nothing is shown.
 *
 * @param line the command line, where there is a proof that another token could decide
 */
export function unknownBirth(names: readonly string[], why: string, line: string | undefined): Failure {
  return {
    what: `where it was born is UNKNOWN: ${names.join('; ')}`,
    state: untouched,
    why,
    next:
      line === undefined
        ? 'sectag apply --help   # --enrol device --rewrite has a new key born, and keeps its proof'
        : `${line} --identity-key HEX   # if you have it from a source that you trust`,
  }
}
