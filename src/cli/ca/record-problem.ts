import type { IssueProblem } from '../../pki/index.ts'
import { diskTrouble } from '../home/disk-trouble.ts'

/** Why nothing was given away: the order was refused, or what would be issued or revoked could not be written down. */
export interface RecordProblem {
  readonly code:
    | IssueProblem['code']
    | 'not-recorded'
    | 'never-issued'
    | 'register-damaged'
    | 'guarded'
    | 'busy'
    | LineProblem
  readonly text: string
}

/** Why a production line issues nothing, or not this. */
type LineProblem = 'quota-spent' | 'quota-lost' | 'line-over' | 'devices-only'

/** What the file system says is a value; what has no such code is a defect of ours, and is thrown on. */
export function notRecorded(error: unknown): RecordProblem {
  return { code: 'not-recorded', text: diskTrouble(error) }
}
