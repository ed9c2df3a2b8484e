import type { Issued, IssueProfile } from '../../pki/index.ts'
import { hex } from '../../terms/index.ts'
import { type NewFile, putNewFiles } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { tellIssued, warnOfLength } from './tell-issued.ts'
import type { World } from './world.ts'

/** A certificate that is recorded, and where it and its key go. */
interface Gift {
  readonly profile: IssueProfile
  readonly issued: Issued
  readonly out: string
  readonly key?: NewFile
}

/** Writes what was issued, and says so; for every action that issues. */
export function giveAway({ context, output }: World, { profile, issued, out, key }: Gift): Ending {
  const files = [...(key === undefined ? [] : [key]), { path: out, text: issued.chain, mode: 0o644 }]
  try {
    putNewFiles(files, hex(context.random.bytes(4)))
  } catch (error) {
    return notWritten(issued, error instanceof Error ? error.message : String(error))
  }
  tellIssued(output, profile, issued, out, key?.path)
  warnOfLength(output, profile, issued)
  return { exit: 0, more: { serial: issued.certificate.serial } }
}

function notWritten({ certificate }: Issued, text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the files could not be written: ${text}`,
      state: `serial ${certificate.serial} is recorded as issued, and nobody has the certificate`,
      why: 'likely: the disk is full, or somebody made a file of that name in the meantime',
      next: 'repeat it: the certificate gets another serial',
    },
  }
}
