import { type Command, Option } from 'commander'
import { atLeastOne } from '../options.ts'

/** What can be typed behind `ca line` beside the options of others. */
export interface LineFlags {
  readonly quota?: number
  readonly until?: string
  readonly linePassphraseFile?: string
}

/** Adds those that are its own. */
export function lineOptions(command: Command): void {
  command
    .addOption(new Option('--quota <n>', 'line: how many certificates it may issue').argParser(atLeastOne))
    .option('--until <date>', 'line: until when it may issue, 2027-01-01 or 2027-01-01T12:00:00Z')
    .option('--line-passphrase-file <file>', 'line: a passphrase of its own ($SECTAG_LINE_PASSPHRASE)')
}
